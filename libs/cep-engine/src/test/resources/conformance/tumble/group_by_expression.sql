-- input: trades
SELECT window_start, window_end, COALESCE(sym, 'none') AS s, price > 75 AS dear, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY window_start, window_end, COALESCE(sym, 'none'), price > 75
