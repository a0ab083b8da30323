-- input: trades
SELECT window_start, window_end, COUNT(DISTINCT sym) AS n, COUNT(DISTINCT price) AS p
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND))
GROUP BY window_start, window_end
