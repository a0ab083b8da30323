-- input: trades
SELECT sym, window_start, window_end, STDDEV_POP(ratio) AS sp, STDDEV_SAMP(ratio) AS ss, VAR_POP(ratio) AS vp, VAR_SAMP(ratio) AS vs
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY sym, window_start, window_end
