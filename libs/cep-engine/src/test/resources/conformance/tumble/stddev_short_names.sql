-- input: trades
SELECT sym, window_start, window_end, STDDEV(ratio) AS s, VARIANCE(ratio) AS v
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY sym, window_start, window_end
