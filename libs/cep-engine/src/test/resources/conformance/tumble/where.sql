-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
WHERE price > 20 AND side IS NOT NULL
GROUP BY sym, window_start, window_end
