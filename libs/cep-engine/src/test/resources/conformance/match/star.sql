-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.ts AS a, COUNT(B.price) AS n, C.ts AS c
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B* C)
  DEFINE A AS A.tax = 1, B AS B.tax = 2 OR B.tax = 3, C AS C.tax = 4) AS m
