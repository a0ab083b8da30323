-- input: orders
SELECT o.id, o.amount, p.paid, p.via
FROM orders AS o LEFT JOIN payments AS p ON o.id = p.order_id AND p.via <> 'cash' AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '10' SECOND
