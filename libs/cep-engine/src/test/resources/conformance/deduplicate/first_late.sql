-- input: clicks
-- lateness: clicks=0
SELECT usr, page, score, ts
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY usr, page, ms ORDER BY ts ASC) AS rownum FROM clicks)
WHERE rownum = 1
