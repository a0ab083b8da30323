-- input: orders
SELECT l.id, r.order_id, r.paid, r.window_end
FROM (SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS l
RIGHT JOIN (SELECT * FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS r
ON l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end
