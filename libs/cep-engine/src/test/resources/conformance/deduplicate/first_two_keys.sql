-- input: clicks
SELECT usr, page, ms, ts
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY usr, page ORDER BY ts ASC) AS rownum FROM clicks)
WHERE rownum = 1
