-- input: nexmark
SELECT *
FROM bid MATCH_RECOGNIZE (
  PARTITION BY bidder ORDER BY ts
  MEASURES A.auction AS auction, A.ts AS start_ts, C.ts AS end_ts, COUNT(B.price) AS between_bids
  ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B*? C) WITHIN INTERVAL '5' SECOND
  DEFINE A AS A.channel = 'Google', B AS B.channel <> 'Apple', C AS C.channel = 'Apple') AS m
