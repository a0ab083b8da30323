CREATE APPLICATION scoring;
CREATE SOURCE payments (id INT, amount DECIMAL(10,2), country STRING, trusted BOOLEAN) WITH (connector = 'datagen');
CREATE MODEL fraud WITH (type = 'onnx', location = 'fraud.onnx', refresh = '10 seconds');
CREATE STREAM scored AS SELECT id, PREDICT(fraud, amount, UPPER(country)) AS score FROM payments WHERE PREDICT(Fraud, amount, UPPER(country)) > 0.5;
CREATE STREAM twice AS SELECT id, PREDICT('fraud', PREDICT(fraud, trusted, country), 'x') AS score FROM payments;
