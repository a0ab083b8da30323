-- input: trades
SELECT sym, window_time, s, SUM(s) OVER (PARTITION BY sym ORDER BY window_time ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS last_three
FROM (
  SELECT sym, window_time, SUM(price) AS s
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY sym, window_start, window_end, window_time)
