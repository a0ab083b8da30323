-- input: orders
SELECT o.id, p.ts AS paid_at
FROM orders AS o JOIN payments AS p ON o.id = p.order_id AND p.ts > o.ts AND p.ts < o.ts + INTERVAL '5' SECOND
