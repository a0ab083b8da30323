-- input: orders
SELECT o.id, o.customer, p.paid, o.ts AS ordered, p.ts AS paid_at
FROM orders AS o JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '5' SECOND
