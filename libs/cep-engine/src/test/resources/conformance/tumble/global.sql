-- input: trades
SELECT window_start, window_end, COUNT(*) AS n, SUM(qty) AS q, MIN(ratio) AS lo, MAX(ratio) AS hi
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND))
GROUP BY window_start, window_end
