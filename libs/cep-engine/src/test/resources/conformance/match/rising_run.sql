-- input: sensors
SELECT *
FROM readings MATCH_RECOGNIZE (
  PARTITION BY device ORDER BY ts
  MEASURES FIRST(A.seq) AS f, LAST(A.seq) AS l, COUNT(A.temperature) AS n, B.seq AS b
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{2,} B) WITHIN INTERVAL '1' MINUTE
  DEFINE A AS LAST(A.temperature, 1) IS NULL OR A.temperature >= LAST(A.temperature, 1), B AS B.temperature < LAST(A.temperature)) AS m
