-- input: clicks
SELECT usr, window_start, window_end, COUNT(*) AS n, AVG(score) AS a
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '8' SECOND))
GROUP BY usr, window_start, window_end
HAVING COUNT(*) > 3
