-- input: trades
-- lateness: trades=600000
SELECT sym, window_start, window_end, MAX(price) AS m
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND, INTERVAL '7' SECOND))
GROUP BY sym, window_start, window_end
