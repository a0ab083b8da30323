-- input: trades
SELECT window_start, window_end, STDDEV_POP(price) AS sp, VAR_SAMP(price) AS vs
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end
