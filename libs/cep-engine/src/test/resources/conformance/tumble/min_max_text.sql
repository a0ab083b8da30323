-- input: trades
SELECT window_start, window_end, MIN(sym) AS lo, MAX(sym) AS hi, MIN(fee) AS lf, MAX(fee) AS hf
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY window_start, window_end
