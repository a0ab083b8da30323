-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
UNION ALL
SELECT side, window_start, window_end, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY side, window_start, window_end
