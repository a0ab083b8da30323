-- input: trades
SELECT sym, window_end, SUM(qty) AS q
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '2' MINUTE))
GROUP BY sym, window_start, window_end
HAVING SUM(qty) > 1000000000
