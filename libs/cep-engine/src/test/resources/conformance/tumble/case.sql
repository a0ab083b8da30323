-- input: trades
SELECT sym, window_start, window_end, SUM(CASE WHEN side = 'buy' THEN price WHEN side = 'sell' THEN -price ELSE 0 END) AS net,
  CASE WHEN COUNT(*) > 3 THEN 'busy' ELSE 'quiet' END AS mood
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY sym, window_start, window_end
