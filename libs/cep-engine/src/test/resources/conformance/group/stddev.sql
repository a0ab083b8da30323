-- input: trades
-- updates: side
SELECT side, STDDEV_POP(ratio) AS sp, VAR_SAMP(ratio) AS vs FROM trades GROUP BY side
