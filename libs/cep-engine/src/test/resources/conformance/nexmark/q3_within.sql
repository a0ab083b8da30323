-- input: nexmark
SELECT p.name, p.city, p.state, a.id
FROM auction AS a INNER JOIN person AS p ON a.seller = p.id AND a.ts BETWEEN p.ts AND p.ts + INTERVAL '1' HOUR
WHERE a.category = 10 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA')
