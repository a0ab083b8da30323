-- input: nexmark
-- updates: id
SELECT id, item, description, initial_bid, reserve, ats, expires, seller, category, auction, bidder, price, bts
FROM (
  SELECT a.id, a.item, a.description, a.initial_bid, a.reserve, a.ts AS ats, a.expires, a.seller, a.category, b.auction, b.bidder, b.price, b.ts AS bts,
    ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.ts ASC) AS rownum
  FROM auction AS a, bid AS b
  WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires)
WHERE rownum <= 1
