CREATE APPLICATION faulty;
CREATE SOURCE numbers (id INT, name STRING, at TIMESTAMP) WITH (connector = 'datagen', rate = 10);
CREATE CACHE people (id INT PRIMARY KEY, first STRING, last STRING) WITH (connector = 'file', path = '/p.csv');
CREATE STREAM a PARTITION BY nothing TIMESTAMP BY name AS
  SELECT n.idd, UPPR(n.name) AS upper_name, n.name + TRUE AS total, p.frist, x.id, CAST(n.id AS STRNG) AS s
  FROM numbers AS n JOIN people AS p ON n.id = p.identifier
  WHERE n.nme = 'a' AND n.id > 1 AND n.at = 5;
-- nothing is said about what follows from other faults
CREATE STREAM b AS SELECT upper_name, whatever FROM a;
CREATE STREAM c PARTITION BY naem TIMESTAMP BY id AS SELECT id, name FROM numbers;
CREATE STREAM d AS SELECT id, name AS id, id + 1 FROM numbers;
CREATE STREAM e AS SELECT n.id, p.first FROM numbers n JOIN people p ON n.name = p.last;
CREATE STREAM f AS SELECT p.first FROM people p;
CREATE STREAM g AS SELECT id FROM g;
