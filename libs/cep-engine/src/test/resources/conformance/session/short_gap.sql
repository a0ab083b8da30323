-- input: clicks
SELECT usr, window_start, window_end, COUNT(*) AS n, MIN(score) AS lo, MAX(score) AS hi
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '3' SECOND))
GROUP BY usr, window_start, window_end
