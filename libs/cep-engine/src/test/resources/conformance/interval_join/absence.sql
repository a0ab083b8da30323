-- input: orders
SELECT o.id, o.customer, o.ts
FROM orders AS o LEFT JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '5' SECOND
WHERE p.order_id IS NULL
