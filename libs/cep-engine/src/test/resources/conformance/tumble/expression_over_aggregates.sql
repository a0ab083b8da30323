-- input: trades
SELECT sym, window_start, window_end, SUM(price) * 2 + COUNT(*) AS x, MAX(price) - MIN(price) AS spread, COALESCE(SUM(qty), 0) AS q
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sym, window_start, window_end
