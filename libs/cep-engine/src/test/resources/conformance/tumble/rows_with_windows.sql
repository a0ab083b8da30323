-- input: trades
SELECT sym, price, ts, window_start, window_end, window_time
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
