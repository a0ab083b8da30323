-- input: trades
SELECT sym, window_start, window_end, AVG(ratio) AS a, SUM(ratio) AS s
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
