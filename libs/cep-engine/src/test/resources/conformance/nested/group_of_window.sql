-- input: trades
-- updates: sym
SELECT sym, SUM(s) AS total, COUNT(*) AS windows
FROM (
  SELECT sym, window_start, window_end, SUM(price) AS s
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY sym, window_start, window_end)
GROUP BY sym
