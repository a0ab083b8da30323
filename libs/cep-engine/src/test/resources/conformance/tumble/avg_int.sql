-- input: trades
SELECT sym, window_start, window_end, AVG(price) AS a, AVG(qty) AS b
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
