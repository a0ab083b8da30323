-- input: nexmark
SELECT b.auction, b.price, b.bidder, b.ts
FROM bid AS b
JOIN (
  SELECT MAX(price) AS maxprice, window_time AS rt
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY window_start, window_end, window_time) AS b1
ON b.price = b1.maxprice AND b.ts BETWEEN b1.rt - INTERVAL '10' SECOND AND b1.rt
