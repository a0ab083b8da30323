-- input: trades
SELECT UPPER(sym) AS u, window_start, window_end, COUNT(*) AS n, MAX(CHAR_LENGTH(sym)) AS l
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY UPPER(sym), window_start, window_end
