-- input: trades
SELECT window_time, side, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY window_start, window_end, window_time, side
