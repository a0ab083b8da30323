-- input: trades
SELECT sym, window_start, window_end, FIRST_VALUE(price) AS f, LAST_VALUE(price) AS l
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY sym, window_start, window_end
