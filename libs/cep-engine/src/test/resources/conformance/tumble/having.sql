-- input: trades
SELECT sym, window_start, window_end, SUM(price) AS s
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
HAVING SUM(price) > 150 AND COUNT(*) >= 2
