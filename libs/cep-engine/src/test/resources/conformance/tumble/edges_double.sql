-- input: edges
SELECT k, window_start, window_end, SUM(d) AS s, MIN(d) AS lo, MAX(d) AS hi, AVG(d) AS a
FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY k, window_start, window_end
