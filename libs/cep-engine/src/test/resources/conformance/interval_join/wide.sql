-- input: orders
SELECT o.customer, s.carrier, COUNT(*) AS n, window_end
FROM (
  SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '30' SECOND))) AS o
JOIN (
  SELECT order_id, carrier, window_start AS ws, window_end AS we FROM TABLE(TUMBLE(TABLE shipments, DESCRIPTOR(ts), INTERVAL '30' SECOND))) AS s
ON o.id = s.order_id AND o.window_start = s.ws AND o.window_end = s.we
GROUP BY o.customer, s.carrier, window_start, window_end
