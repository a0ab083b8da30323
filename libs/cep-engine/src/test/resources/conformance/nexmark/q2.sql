-- input: nexmark
SELECT auction, price FROM bid WHERE MOD(auction, 23) = 0
