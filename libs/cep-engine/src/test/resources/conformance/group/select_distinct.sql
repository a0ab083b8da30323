-- input: trades
SELECT DISTINCT sym, side FROM trades
