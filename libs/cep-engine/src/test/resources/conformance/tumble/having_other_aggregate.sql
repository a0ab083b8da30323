-- input: trades
SELECT sym, window_end
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
HAVING MAX(qty) - MIN(qty) > 300000000
