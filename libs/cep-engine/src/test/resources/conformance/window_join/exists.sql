-- input: orders
SELECT l.id, l.customer, l.window_end
FROM (SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS l
WHERE EXISTS (
  SELECT * FROM (SELECT * FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS r
  WHERE l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end)
