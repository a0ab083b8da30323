-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.tax AS a, B.tax AS b, C.tax AS c, D.tax AS d, D.ts AS at_ts
  ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B? C+ D) WITHIN INTERVAL '30' SECOND
  DEFINE A AS A.tax = 1, B AS B.tax = 2, C AS C.tax > 1, D AS D.tax = 1) AS m
