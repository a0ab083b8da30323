-- input: orders
SELECT l.window_end, l.n AS ordered, r.n AS paid
FROM (SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY window_start, window_end) AS l
JOIN (SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY window_start, window_end) AS r
ON l.window_start = r.window_start AND l.window_end = r.window_end
