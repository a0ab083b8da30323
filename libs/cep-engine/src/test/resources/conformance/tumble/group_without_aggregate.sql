-- input: trades
SELECT window_start, window_end, side
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, side
