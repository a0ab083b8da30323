WITH rises AS (
  SELECT *
  FROM ticks MATCH_RECOGNIZE (
    PARTITION BY symbol ORDER BY ts
    MEASURES MATCH_ROWTIME() AS at_ts, B.price - A.price AS rise
    ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
    PATTERN (A B) WITHIN INTERVAL '1' HOUR
    DEFINE B AS B.price > A.price) AS m)
SELECT symbol, window_start, window_end, COUNT(*) AS n, SUM(rise) AS s
FROM TABLE(TUMBLE(TABLE rises, DESCRIPTOR(at_ts), INTERVAL '1' MINUTE))
GROUP BY symbol, window_start, window_end
