-- input: edges
SELECT k, window_start, window_end, SUM(n) AS s, AVG(n) AS a, MIN(n) AS lo, MAX(n) AS hi
FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY k, window_start, window_end
