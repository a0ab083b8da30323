-- input: orders
SELECT l.id, r.order_id, r.paid, COALESCE(l.window_start, r.window_start) AS ws, COALESCE(l.window_end, r.window_end) AS we
FROM (SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS l
FULL JOIN (SELECT * FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '20' SECOND))) AS r
ON l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end
