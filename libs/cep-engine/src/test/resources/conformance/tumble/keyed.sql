-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS n, COUNT(price) AS np, SUM(price) AS s, MIN(price) AS lo, MAX(price) AS hi
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
