-- input: trades
WITH totals AS (
  SELECT sym, window_start, window_end, SUM(price) AS s
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY sym, window_start, window_end)
SELECT sym, s, s * 10 AS t FROM totals WHERE s > 100 AND sym <> 'B'
