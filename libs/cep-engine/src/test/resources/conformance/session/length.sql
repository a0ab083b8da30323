-- input: clicks
SELECT usr, TIMESTAMPDIFF(SECOND, window_start, window_end) AS seconds, COUNT(*) AS n
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '9' SECOND))
GROUP BY usr, window_start, window_end
