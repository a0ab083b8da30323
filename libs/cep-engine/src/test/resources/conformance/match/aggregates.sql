-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES FIRST(A.ts) AS start_ts, LAST(A.ts) AS end_ts, AVG(A.price) AS avg_price, COUNT(A.price) AS n, SUM(A.tax) AS tax
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A+ B) WITHIN INTERVAL '1' HOUR
  DEFINE A AS SUM(A.tax) < 8, B AS B.tax > 1) AS m
