-- input: orders
SELECT l.id, l.amount, r.paid, l.window_start, l.window_end
FROM (SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS l
JOIN (SELECT * FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '10' SECOND))) AS r
ON l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end
