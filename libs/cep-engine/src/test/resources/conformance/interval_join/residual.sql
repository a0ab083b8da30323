-- input: orders
SELECT o.id, o.amount, p.paid
FROM orders AS o JOIN payments AS p ON o.id = p.order_id AND p.paid >= o.amount AND p.ts BETWEEN o.ts - INTERVAL '2' SECOND AND o.ts + INTERVAL '15' SECOND
