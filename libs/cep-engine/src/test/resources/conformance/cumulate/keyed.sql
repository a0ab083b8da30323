-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS n, SUM(price) AS s
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '1' MINUTE))
GROUP BY sym, window_start, window_end
