-- input: trades
SELECT sym, window_start, window_end, AVG(fee) AS a, SUM(fee) AS s, MIN(fee) AS lo, MAX(fee) AS hi
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
