-- input: trades
-- lateness: trades=0
SELECT side, window_start, window_end, COUNT(*) AS n
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND))
GROUP BY side, window_start, window_end
