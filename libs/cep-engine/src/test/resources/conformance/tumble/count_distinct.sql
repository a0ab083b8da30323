-- input: trades
SELECT window_start, window_end, COUNT(DISTINCT sym) AS syms, COUNT(DISTINCT side) AS sides, COUNT(sym) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '15' SECOND))
GROUP BY window_start, window_end
