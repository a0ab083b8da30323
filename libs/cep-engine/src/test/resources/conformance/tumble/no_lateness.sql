-- input: trades
-- lateness: trades=0
SELECT sym, window_start, window_end, COUNT(*) AS n, SUM(qty) AS q
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
