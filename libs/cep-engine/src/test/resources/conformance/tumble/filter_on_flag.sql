-- input: trades
SELECT sym, window_start, window_end, COUNT(*) FILTER (WHERE flag) AS t, COUNT(*) FILTER (WHERE NOT flag) AS f, COUNT(*) FILTER (WHERE flag IS NULL) AS u
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY sym, window_start, window_end
