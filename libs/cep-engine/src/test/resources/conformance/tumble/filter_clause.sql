-- input: trades
SELECT window_start, window_end, COUNT(*) FILTER (WHERE side = 'buy') AS buys, SUM(qty) FILTER (WHERE side = 'sell' AND price > 50) AS sold, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY window_start, window_end
