-- input: edges
SELECT k, window_start, window_end, COUNT(*) AS n, MIN(d) AS d
FROM TABLE(CUMULATE(TABLE facts, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE))
GROUP BY k, window_start, window_end
