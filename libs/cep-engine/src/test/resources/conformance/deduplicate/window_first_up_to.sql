-- input: trades
SELECT side, qty, window_end
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, side ORDER BY ts ASC) AS rownum
  FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND)))
WHERE rownum <= 1
