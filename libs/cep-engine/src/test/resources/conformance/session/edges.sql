-- input: edges
SELECT k, window_start, window_end, COUNT(*) AS n, MAX(s) AS s
FROM TABLE(SESSION(TABLE facts PARTITION BY k, DESCRIPTOR(ts), INTERVAL '15' SECOND))
GROUP BY k, window_start, window_end
