-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.ts AS a, COUNT(B.tax) AS n, C.ts AS c
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B+ C)
  DEFINE A AS A.tax < 4, B AS B.tax < 4, C AS C.tax > 2) AS m
