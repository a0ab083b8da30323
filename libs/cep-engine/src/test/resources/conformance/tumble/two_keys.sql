-- input: trades
SELECT sym, side, window_start, window_end, COUNT(*) AS n, SUM(fee) AS f
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, sym, side
