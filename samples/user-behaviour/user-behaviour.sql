-- What people do in a company's systems, minute by minute, scored by the trained model as it happens.
-- training.sql prepares what the model is trained with.

CREATE APPLICATION user_behaviour WITH (delivery = 'exactly-once', idle_timeout = '5 seconds');

-- One line an action, as the systems log them.
CREATE SOURCE activity (
  at TIMESTAMP, user_name STRING, action STRING, system STRING, country STRING, bytes BIGINT, ok BOOLEAN
) WITH (connector = 'file', format = 'json', directory = 'user-behaviour/activity', pattern = '*.jsonl');

CREATE STREAM actions PARTITION BY user_name TIMESTAMP BY at ALLOW LATENESS INTERVAL '2' SECOND AS
  SELECT * FROM activity WHERE user_name IS NOT NULL AND at IS NOT NULL;

-- Prepared as for training: what each user did in each minute.
CREATE STREAM behaviour AS
  SELECT user_name, window_start AS minute_start, window_end AS minute_end,
         COUNT(*) AS actions,
         COUNT(*) FILTER (WHERE NOT ok) AS failures,
         COUNT(DISTINCT system) AS systems,
         COUNT(DISTINCT country) AS countries,
         COALESCE(SUM(bytes), 0) AS bytes
  FROM TABLE(TUMBLE(TABLE actions, DESCRIPTOR(at), INTERVAL '1' MINUTE))
  GROUP BY user_name, window_start, window_end;

-- The trained model says how far a minute is from what is usual: the squared distance in standard deviations. A new
-- file is taken in while events flow.
CREATE MODEL unusual WITH (
  type = 'onnx', location = 'user-behaviour/unusual.onnx', refresh = '5 seconds'
);

CREATE STREAM scored_behaviour AS
  SELECT b.*, PREDICT(unusual, actions, failures, systems, countries, LN(bytes + 1)) AS score
  FROM behaviour AS b;

-- What stands out (no usual minute scores more than some 70), with the reason that a person looks for first.
CREATE STREAM anomalies AS
  SELECT user_name, minute_start, score, actions, failures, systems, countries, bytes,
         CASE WHEN failures > 5 THEN 'many failed actions'
              WHEN countries > 1 THEN 'in several countries at once'
              WHEN bytes > 50000000 THEN 'much data taken out'
              ELSE 'unusual altogether' END AS reason
  FROM scored_behaviour WHERE score > 100;

CREATE SINK anomaly_files FROM anomalies WITH (
  connector = 'file', format = 'csv', directory = 'user-behaviour/anomalies'
);
