-- input: trades
SELECT window_start, window_end, SUM(DISTINCT price) AS s, COUNT(DISTINCT price) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end
