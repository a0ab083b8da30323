-- input: nexmark
SELECT *
FROM bid MATCH_RECOGNIZE (
  PARTITION BY auction ORDER BY ts
  MEASURES COUNT(A.price) AS n, AVG(A.price) AS usual, B.price AS spike, B.bidder AS bidder
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{3,8} B) WITHIN INTERVAL '1' MINUTE
  DEFINE A AS A.price < 1000000, B AS B.price > 10 * AVG(A.price)) AS m
