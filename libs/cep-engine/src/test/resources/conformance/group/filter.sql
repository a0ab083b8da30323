-- input: clicks
-- updates: usr
SELECT usr, COUNT(*) FILTER (WHERE page = '/buy') AS buys, SUM(ms) FILTER (WHERE page <> '/buy') AS ms, MAX(score) AS hi FROM clicks GROUP BY usr
