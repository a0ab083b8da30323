-- input: orders
-- lateness: orders=0, payments=0
SELECT o.id, p.order_id, p.paid
FROM orders AS o FULL JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '2' SECOND
