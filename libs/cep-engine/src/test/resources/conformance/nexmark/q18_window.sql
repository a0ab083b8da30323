-- input: nexmark
SELECT auction, bidder, price, channel, ts
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, bidder, auction ORDER BY ts DESC) AS rank_number
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '1' MINUTE)))
WHERE rank_number <= 1
