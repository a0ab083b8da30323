-- input: orders
SELECT l.id, r.paid, l.window_start, l.window_end
FROM (SELECT * FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND))) AS l
JOIN (SELECT * FROM TABLE(CUMULATE(TABLE payments, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '30' SECOND))) AS r
ON l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end
