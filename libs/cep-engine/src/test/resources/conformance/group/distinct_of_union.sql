-- input: orders
SELECT DISTINCT customer FROM orders
