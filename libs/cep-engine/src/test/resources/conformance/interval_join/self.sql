-- input: sensors
-- lateness: readings=5000
SELECT a.device, a.seq AS first_seq, b.seq AS second_seq, b.temperature - a.temperature AS rise
FROM readings AS a JOIN readings AS b ON a.device = b.device AND b.ts > a.ts AND b.ts <= a.ts + INTERVAL '3' SECOND
