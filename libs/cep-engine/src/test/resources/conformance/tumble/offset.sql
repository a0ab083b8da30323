-- input: trades
-- lateness: trades=600000
SELECT sym, window_start, window_end, SUM(price) AS s
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '3' SECOND))
GROUP BY sym, window_start, window_end
