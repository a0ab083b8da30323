-- input: trades
-- lateness: trades=600000
SELECT sym, window_start, window_end, COUNT(*) AS n
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND, INTERVAL '1' SECOND))
GROUP BY sym, window_start, window_end
