CREATE APPLICATION shop.stateless WITH (delivery = 'at-least-once', on_error = 'stop', partitions = 8, retention = '1 day');
CREATE FLOW edge ON GROUP factory;
CREATE SOURCE lines WITH (connector = 'file', directory = '/logs');
CREATE SOURCE numbers (id INT NOT NULL, name STRING, at TIMESTAMP, tags ARRAY<STRING>, extra ROW(a INT, b DECIMAL(5,1)), doc JSON, "table" INT)
  WITH (connector = 'datagen', rate = 2.5);
END FLOW;
CREATE SOURCE db WITH (connector = 'mariadb-cdc', hostname = 'h', username = 'u', password = SECRET shop_password);
CREATE STREAM products_c FROM db TABLE 'product' WITH (partitions = 2);
CREATE CACHE names KEY (id, name) FROM keyed;
CREATE CACHE live KEY (product_id) FROM products_c;
CREATE STREAM keyed PARTITION BY id, name TIMESTAMP BY at ALLOW LATENESS INTERVAL '10' SECOND WITH (partitions = 16, retention = '36 h') AS
  SELECT id, name, at, n."table" AS t, extra.b, doc FROM numbers n WHERE id > 0 AND name IS NOT NULL;
CREATE STREAM passed WITH (start_from = latest) AS SELECT * FROM keyed;
CREATE STREAM renamed AS SELECT id AS number, UPPER(name) AS name FROM keyed;
CREATE STREAM functions AS
  SELECT id, CASE WHEN id > 10 THEN 'many' WHEN id = 1 THEN 'eins' ELSE 'ж' END AS how,
    COALESCE(name, '') || '!' AS loud, CAST(id AS BIGINT) * 2 AS twice, SUBSTRING(name FROM 2 FOR 3) AS part,
    JSON_VALUE(doc, '$.a.b') AS ab, at + INTERVAL '1' HOUR AS later, EXTRACT(YEAR FROM at) AS y,
    tags[1] AS first_tag, TRIM(BOTH ' ' FROM name) AS trimmed, name LIKE 'a%' AS begins, id IN (1, 2, 3) AS small,
    TIMESTAMP '2026-01-02 03:04:05.123456' AS fixed, NOT (id BETWEEN 1 AND 2) AS outside, CAST('1.5' AS DECIMAL(5, 2)) AS d,
    CAST(name AS BYTES) AS raw, FLOOR(at TO DAY) AS day_of, name IS DISTINCT FROM 'x' AS differs
  FROM numbers;
CREATE STREAM joined AS
  WITH recent AS (SELECT id, name, product_id FROM (SELECT o.order_id AS id, 'x' AS name, o.product_id FROM default.other.orders AS o) AS q WHERE id > 5)
  SELECT r.*, l.brand, n.at, l.price * 2 AS dearer FROM recent r
  JOIN live l ON l.product_id = r.product_id AND l.price > 0
  LEFT JOIN names AS n ON n.id = CAST(r.id AS INT) AND r.name = n.name
  WHERE l.brand <> 'none' AND r.id < 100;
CREATE STREAM collected (id BIGINT NOT NULL, what STRING, at TIMESTAMP) PARTITION BY id;
INSERT INTO collected SELECT id, name, at FROM numbers UNION ALL SELECT id, how, later FROM functions;
INSERT INTO collected (what, id) SELECT value, 7 FROM lines WHERE value <> '';
CREATE SINK hook FROM collected WITH (connector = 'webhook', url = 'http://x');
CREATE SINK products FROM products_c WITH (connector = jdbc, url = 'jdbc:x', mode = Upsert);
