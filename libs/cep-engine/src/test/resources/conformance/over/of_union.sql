-- input: orders
WITH money AS (
  SELECT id, amount AS m, ts FROM orders
  UNION ALL
  SELECT order_id AS id, -paid AS m, ts FROM payments)
SELECT id, ts, m, SUM(m) OVER (PARTITION BY id ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) AS balance
FROM money
