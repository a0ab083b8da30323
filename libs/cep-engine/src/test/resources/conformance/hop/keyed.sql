-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS n, SUM(price) AS s
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND))
GROUP BY sym, window_start, window_end
