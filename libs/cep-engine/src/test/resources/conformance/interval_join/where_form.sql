-- input: orders
SELECT o.id, p.via
FROM orders AS o, payments AS p
WHERE o.id = p.order_id AND o.ts BETWEEN p.ts - INTERVAL '10' SECOND AND p.ts + INTERVAL '2' SECOND
