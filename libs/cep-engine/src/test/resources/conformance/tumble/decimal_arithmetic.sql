-- input: trades
SELECT sym, window_start, window_end, SUM(fee * 2) AS a, SUM(fee + price) AS b, CAST(SUM(fee) / COUNT(*) AS DECIMAL(38, 6)) AS c
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
