-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES MIN(A.price) AS lo, MAX(A.price) AS hi, AVG(A.rate) AS r, SUM(A.price) AS s
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{3,} B)
  DEFINE A AS A.tax < 4, B AS B.tax = 4) AS m
