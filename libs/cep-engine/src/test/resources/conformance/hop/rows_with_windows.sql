-- input: trades
SELECT sym, price, window_start, window_end
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND))
WHERE price > 150
