-- input: sensors
SELECT a.device, a.seq, b.device AS other, b.seq AS other_seq
FROM readings AS a JOIN readings AS b ON a.status = b.status AND a.ts = b.ts AND a.seq < b.seq
