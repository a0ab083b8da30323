-- input: nexmark
SELECT b.auction, b.bidder, b.price, b.channel, b.ts, a.item, a.initial_bid, a.reserve, a.seller, a.category
FROM bid AS b INNER JOIN auction AS a ON b.auction = a.id AND b.ts BETWEEN a.ts - INTERVAL '1' MINUTE AND a.ts + INTERVAL '10' MINUTE
WHERE a.category = 10
