-- input: nexmark
-- updates: id, category
SELECT a.id, a.category, MAX(b.price) AS final
FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTE
WHERE b.ts <= a.expires
GROUP BY a.id, a.category
