-- input: trades
-- lateness: trades=0
SELECT sym, window_start, window_end, COUNT(*) AS n, MIN(price) AS lo, MAX(price) AS hi
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '15' SECOND))
GROUP BY sym, window_start, window_end
