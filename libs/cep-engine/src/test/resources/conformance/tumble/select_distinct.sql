-- input: trades
SELECT DISTINCT window_start, window_end, sym
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
