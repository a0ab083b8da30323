-- input: trades
SELECT *
FROM (
  SELECT side, window_time AS rt, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY side, window_start, window_end, window_time) MATCH_RECOGNIZE (
  PARTITION BY side ORDER BY rt
  MEASURES A.n AS a, B.n AS b, B.rt AS at_ts
  ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.n > A.n) AS m
