-- input: nexmark
WITH sold AS (
  SELECT a.id, a.item, a.seller, b.bidder, b.price, b.ts
  FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTE
  WHERE b.ts <= a.expires)
SELECT id, item, seller, bidder, price, ts, window_end
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, id ORDER BY price DESC, ts ASC) AS rownum
  FROM TABLE(TUMBLE(TABLE sold, DESCRIPTOR(ts), INTERVAL '1' MINUTE)))
WHERE rownum <= 1
