-- input: edges
SELECT k, window_start, window_end, COUNT(*) AS n, COUNT(i) AS ni
FROM TABLE(HOP(TABLE facts, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND))
GROUP BY k, window_start, window_end
