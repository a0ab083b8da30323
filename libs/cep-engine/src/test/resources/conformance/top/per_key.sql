-- input: trades
SELECT sym, qty, fee, window_end, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, sym ORDER BY qty DESC, fee ASC) AS rownum
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND)))
WHERE rownum <= 2
