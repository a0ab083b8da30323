-- input: clicks
SELECT window_start, window_end, COUNT(*) AS n, COUNT(DISTINCT usr) AS u
FROM TABLE(SESSION(TABLE clicks, DESCRIPTOR(ts), INTERVAL '5' SECOND))
GROUP BY window_start, window_end
