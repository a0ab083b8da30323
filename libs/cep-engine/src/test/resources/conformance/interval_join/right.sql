-- input: orders
SELECT o.id, p.order_id, p.paid
FROM orders AS o RIGHT JOIN payments AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts - INTERVAL '1' SECOND AND o.ts + INTERVAL '5' SECOND
