-- input: nexmark
-- updates: channel, minute_of_day
SELECT channel, MINUTE(ts) AS minute_of_day, MAX(SECOND(ts)) AS last_second, COUNT(*) AS total_bids,
  COUNT(*) FILTER (WHERE price < 10000) AS rank1_bids, COUNT(DISTINCT bidder) AS total_bidders, COUNT(DISTINCT auction) FILTER (WHERE price >= 1000000) AS rank3_auctions
FROM bid WHERE CHAR_LENGTH(channel) < 10 GROUP BY channel, MINUTE(ts)
