-- input: trades
SELECT window_start, window_end, MAX(s) AS best, COUNT(*) AS syms
FROM (
  SELECT sym, window_start, window_end, SUM(price) AS s
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY sym, window_start, window_end)
GROUP BY window_start, window_end
