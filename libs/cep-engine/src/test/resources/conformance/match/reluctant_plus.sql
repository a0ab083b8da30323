-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.ts AS a, SUM(B.price) AS s, C.ts AS c
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B+? C) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.price <= A.price + 2, C AS C.price > A.price + 2) AS m
