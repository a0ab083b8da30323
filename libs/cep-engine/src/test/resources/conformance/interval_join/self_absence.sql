-- input: sensors
-- lateness: readings=5000
SELECT a.device, a.seq, a.ts
FROM readings AS a LEFT JOIN readings AS b ON a.device = b.device AND b.ts > a.ts AND b.ts <= a.ts + INTERVAL '10' SECOND
WHERE b.device IS NULL
