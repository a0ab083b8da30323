-- Card transactions at cash machines, watched from three sides: when the share of declined ones
-- rises by more than ten percentage points within five minutes for a bank, a model or a region,
-- somebody should know.

CREATE APPLICATION atm_declines WITH (
  description = 'Decline rates of cash machines by bank, model and region'
);

-- samples/atm-declines/Generate.java writes them; relative paths are in .millrace/files.
CREATE SOURCE transactions (
  ts TIMESTAMP, atm STRING, bank STRING, model STRING, region STRING,
  amount DECIMAL(10, 2), approved BOOLEAN, reason STRING
) WITH (connector = 'file', path = 'atm-declines/transactions.csv', format = 'csv', header = true);

-- Each transaction counts once in each dimension.
CREATE STREAM slices PARTITION BY dimension, slice TIMESTAMP BY ts AS
  SELECT ts, 'bank' AS dimension, bank AS slice, approved FROM transactions
  UNION ALL
  SELECT ts, 'model', model, approved FROM transactions
  UNION ALL
  SELECT ts, 'region', region, approved FROM transactions;

-- The share of declined transactions, minute by minute, in percent.
CREATE STREAM decline_rates PARTITION BY dimension, slice TIMESTAMP BY window_time AS
  SELECT dimension, slice, window_start, window_end, window_time,
         COUNT(*) AS transactions,
         COUNT(*) FILTER (WHERE NOT approved) AS declined,
         ROUND(100e0 * COUNT(*) FILTER (WHERE NOT approved) / COUNT(*), 1) AS decline_rate
  FROM TABLE(TUMBLE(TABLE slices, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY dimension, slice, window_start, window_end, window_time;

-- How far each rate lies above the lowest of the last five minutes.
CREATE STREAM decline_rises PARTITION BY dimension, slice TIMESTAMP BY window_time AS
  SELECT dimension, slice, window_start, window_time, transactions, declined, decline_rate,
         decline_rate - MIN(decline_rate) OVER (
           PARTITION BY dimension, slice ORDER BY window_time
           RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW) AS rise
  FROM decline_rates;

-- One alert when a rise begins, not one a minute as long as it lasts.
CREATE STREAM decline_alerts TIMESTAMP BY window_time AS
  SELECT dimension, slice, window_start AS since, window_time, transactions, declined,
         decline_rate, ROUND(rise, 1) AS rise
  FROM (
    SELECT *, LAG(rise, 1, 0e0) OVER (
             PARTITION BY dimension, slice ORDER BY window_time) AS previous_rise
    FROM decline_rises
  )
  WHERE rise > 10 AND previous_rise <= 10 AND transactions >= 30;

CREATE SINK alerts_json FROM decline_alerts WITH (
  connector = 'file', format = 'json', directory = 'atm-declines/alerts'
);
