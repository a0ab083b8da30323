-- input: nexmark
SELECT a.seller, a.id, b.price, AVG(b.price) OVER (PARTITION BY a.seller ORDER BY b.ts ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS average
FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTE
WHERE b.price >= a.reserve
