-- input: orders
WITH paid_orders AS (
  SELECT o.customer, p.paid, o.ts
  FROM orders AS o JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '5' SECOND)
SELECT customer, window_start, window_end, SUM(paid) AS s, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE paid_orders, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY customer, window_start, window_end
