-- input: trades
SELECT sym, window_start, window_end, COUNT(*) FILTER (WHERE side = 'buy') AS b
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '15' SECOND))
GROUP BY sym, window_start, window_end
HAVING COUNT(*) FILTER (WHERE side = 'buy') > 1
