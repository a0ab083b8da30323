-- input: orders
SELECT o.id, o.customer, p.order_id, p.via
FROM orders AS o FULL JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '8' SECOND
