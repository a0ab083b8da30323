-- input: trades
WITH buys AS (SELECT sym, price, qty, ts FROM trades WHERE side = 'buy')
SELECT sym, window_start, window_end, SUM(price * qty) AS volume
FROM TABLE(TUMBLE(TABLE buys, DESCRIPTOR(ts), INTERVAL '20' SECOND))
GROUP BY sym, window_start, window_end
