-- input: orders
SELECT o.id, o.customer, p.paid
FROM (SELECT * FROM orders WHERE customer IS NOT NULL) AS o
LEFT JOIN (SELECT * FROM payments WHERE paid > 100) AS p ON o.id = p.order_id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '5' SECOND
