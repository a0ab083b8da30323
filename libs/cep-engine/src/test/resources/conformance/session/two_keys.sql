-- input: clicks
SELECT usr, page, window_start, window_end, COUNT(*) AS n
FROM TABLE(SESSION(TABLE clicks PARTITION BY (usr, page), DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY usr, page, window_start, window_end
