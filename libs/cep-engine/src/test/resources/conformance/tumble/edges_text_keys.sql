-- input: edges
SELECT s, window_start, window_end, COUNT(*) AS n, MAX(k) AS k
FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY s, window_start, window_end
