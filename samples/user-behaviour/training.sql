-- What people do in a company's systems, minute by minute, prepared and kept for training.

CREATE APPLICATION user_behaviour_training WITH (delivery = 'exactly-once', idle_timeout = '5 seconds');

-- One line an action, as the systems log them.
CREATE SOURCE activity (
  at TIMESTAMP, user_name STRING, action STRING, system STRING, country STRING, bytes BIGINT, ok BOOLEAN
) WITH (connector = 'file', format = 'json', directory = 'user-behaviour/usual', pattern = '*.jsonl');

CREATE STREAM actions PARTITION BY user_name TIMESTAMP BY at ALLOW LATENESS INTERVAL '2' SECOND AS
  SELECT * FROM activity WHERE user_name IS NOT NULL AND at IS NOT NULL;

-- The features: what each user did in each minute.
CREATE STREAM behaviour AS
  SELECT user_name, window_start AS minute_start, window_end AS minute_end,
         COUNT(*) AS actions,
         COUNT(*) FILTER (WHERE NOT ok) AS failures,
         COUNT(DISTINCT system) AS systems,
         COUNT(DISTINCT country) AS countries,
         COALESCE(SUM(bytes), 0) AS bytes
  FROM TABLE(TUMBLE(TABLE actions, DESCRIPTOR(at), INTERVAL '1' MINUTE))
  GROUP BY user_name, window_start, window_end;

-- Stored for training: Train.java reads these files.
CREATE SINK training FROM behaviour WITH (
  connector = 'file', format = 'csv', directory = 'user-behaviour/training'
);
