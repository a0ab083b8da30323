-- input: clicks
SELECT usr, window_start, window_end, COUNT(*) AS n, SUM(ms) AS m
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY usr, window_start, window_end
