-- input: orders
WITH events AS (
  SELECT 'order' AS what, ts FROM orders
  UNION ALL
  SELECT 'payment' AS what, ts FROM payments
  UNION ALL
  SELECT 'shipment' AS what, ts FROM shipments WHERE boxes > 10)
SELECT what, window_start, window_end, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY what, window_start, window_end
