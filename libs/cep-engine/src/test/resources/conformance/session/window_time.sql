-- input: clicks
SELECT usr, window_time, COUNT(*) AS n
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY usr, window_start, window_end, window_time
