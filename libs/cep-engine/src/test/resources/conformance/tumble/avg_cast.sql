-- input: trades
SELECT sym, window_start, window_end, AVG(CAST(price AS DOUBLE)) AS a, AVG(CAST(qty AS DECIMAL(20, 2))) AS b
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
