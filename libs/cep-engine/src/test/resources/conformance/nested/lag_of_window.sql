-- input: trades
SELECT window_time, n, n - LAG(n) OVER (ORDER BY window_time) AS change
FROM (
  SELECT window_time, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND))
  GROUP BY window_start, window_end, window_time)
