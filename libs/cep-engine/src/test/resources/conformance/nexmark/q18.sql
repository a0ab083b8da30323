-- input: nexmark
-- updates: bidder, auction
SELECT auction, bidder, price, channel, ts
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY ts DESC) AS rank_number FROM bid)
WHERE rank_number <= 1
