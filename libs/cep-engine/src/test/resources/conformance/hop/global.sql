-- input: trades
SELECT window_start, window_end, COUNT(*) AS n, AVG(ratio) AS a
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '1' MINUTE))
GROUP BY window_start, window_end
