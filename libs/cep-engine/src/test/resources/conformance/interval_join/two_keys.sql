-- input: orders
SELECT o.id, p.paid
FROM orders AS o JOIN payments AS p ON o.id = p.order_id AND MOD(o.id, 3) = MOD(p.order_id, 3) AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '1' MINUTE
