-- input: orders
WITH events AS (
  SELECT id AS id, amount AS money, ts FROM orders
  UNION ALL
  SELECT order_id AS id, -paid AS money, ts FROM payments)
SELECT id, window_start, window_end, SUM(money) AS balance, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY id, window_start, window_end
