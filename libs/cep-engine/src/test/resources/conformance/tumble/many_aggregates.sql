-- input: trades
SELECT sym, window_start, window_end, COUNT(*) AS c, SUM(price) AS sp, SUM(qty) AS sq, SUM(fee) AS sf, SUM(ratio) AS sr, MIN(price) AS mp, MIN(qty) AS mq, MIN(fee) AS mf, MIN(ratio) AS mr,
  MAX(price) AS xp, MAX(qty) AS xq, MAX(fee) AS xf, MAX(ratio) AS xr, COUNT(DISTINCT side) AS ds
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY sym, window_start, window_end
