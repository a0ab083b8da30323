-- input: edges
SELECT k, window_start, window_end, COUNT(*) AS n, MIN(i) AS lo, MAX(b) AS hi
FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY k, window_start, window_end
