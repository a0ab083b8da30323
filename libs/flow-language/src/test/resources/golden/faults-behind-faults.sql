CREATE APPLICATION behind;
-- a column without a type takes nothing from the others, nor does a faulty condition or an unknown name
CREATE SOURCE orders (id INT, amount DECIMALL(10,2), total DECIMAL(80,2), rate DECIMAL(5,9), place STRING(20)) WITH (connector = 'datagen', rate = 10);
CREATE STREAM large AS SELECT id, amount, place FROM orders WHERE amount > 5 AND plce = 'x';
CREATE STREAM wrong AS SELECT idd, amount, CAST(id AS DECIMAL(66,0)) AS wide FROM large;
CREATE STREAM all_of_them PARTITION BY amount AS SELECT * FROM orders;
CREATE STREAM more PARTITION BY nowhere AS SELECT amount, colour FROM all_of_them;
CREATE STREAM nameless AS SELECT id, UPPR(place) FROM orders;
INSERT INTO nameless SELECT id, place FROM orders;
CREATE STREAM behind_it AS SELECT id, palce FROM nameless;
CREATE CACHE prices (id INT PRIMARY KEY, price MONEY) WITH (connector = 'sql');
CREATE STREAM priced AS SELECT o.id, p.price, p.colour FROM orders AS o JOIN prices AS p ON o.id = p.id;
CREATE STREAM of_all AS SELECT x.* FROM orders AS o;
CREATE STREAM anybody AS SELECT anything FROM of_all;
CREATE STREAM nobody AS SELECT id FROM orders WHERE place;
CREATE STREAM lost AS SELECT x FROM nowhere;
CREATE STREAM matched (x INT) AS EPL $$ select x from lost $$;
