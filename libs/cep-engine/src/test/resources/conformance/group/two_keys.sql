-- input: trades
-- updates: sym, side
SELECT sym, side, COUNT(*) AS n, MAX(fee) AS f FROM trades GROUP BY sym, side
