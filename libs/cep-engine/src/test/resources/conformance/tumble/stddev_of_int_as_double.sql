-- input: trades
SELECT window_start, window_end, STDDEV_POP(CAST(price AS DOUBLE)) AS sp, VAR_SAMP(CAST(price AS DOUBLE)) AS vs
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY window_start, window_end
