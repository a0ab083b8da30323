-- input: trades
SELECT window_end, total + 1 AS t
FROM (
  SELECT window_start, window_end, SUM(price) AS total
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY window_start, window_end) AS w
WHERE total IS NOT NULL AND total > 0
