-- input: orders
WITH a AS (
  SELECT customer, window_time AS rt, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY customer, window_start, window_end, window_time)
SELECT x.customer, x.rt, x.n, y.n AS earlier
FROM a AS x LEFT JOIN a AS y ON x.customer = y.customer AND y.rt BETWEEN x.rt - INTERVAL '20' SECOND AND x.rt - INTERVAL '1' SECOND
