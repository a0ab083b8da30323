-- input: trades
SELECT sym, window_start, window_end, MIN(CAST(ts AS TIMESTAMP(3))) AS f, MAX(CAST(ts AS TIMESTAMP(3))) AS l
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
