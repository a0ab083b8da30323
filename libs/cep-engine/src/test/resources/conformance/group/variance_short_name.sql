-- input: trades
-- updates: side
SELECT side, VARIANCE(ratio) AS v FROM trades GROUP BY side
