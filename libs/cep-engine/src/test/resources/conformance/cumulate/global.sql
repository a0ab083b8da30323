-- input: trades
SELECT window_start, window_end, COUNT(*) AS n, SUM(fee) AS f, COUNT(DISTINCT sym) AS d
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ts), INTERVAL '15' SECOND, INTERVAL '1' MINUTE))
GROUP BY window_start, window_end
