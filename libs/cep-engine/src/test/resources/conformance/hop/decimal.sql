-- input: trades
SELECT side, window_start, window_end, SUM(fee) AS s, AVG(fee) AS a
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '15' SECOND, INTERVAL '45' SECOND))
GROUP BY side, window_start, window_end
