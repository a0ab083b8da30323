package io.millrace.bench.capture;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.cdc.MariaDbCdcProvider;
import io.millrace.connector.cdc.PostgresCdcProvider;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestMariaDb;
import io.millrace.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows a second of a first copy and of catching up with updates, exactly-once, by our captures and
 * by the same Debezium plugins in the same kind of worker with Kafka's JSON converter. Broker,
 * database and worker share the machine.
 *
 * <p>Arguments: the directory of the Debezium plugins, and the number of rows (200000).
 */
public final class CaptureBench {

  private CaptureBench() {}

  public static void main(String[] args) throws Exception {
    Path plugins = Path.of(args.length > 0 ? args[0] : "services/ingestion/target/plugins");
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    List<CaptureRun.Result> results = new ArrayList<>();
    try (TestKafka kafka = TestKafka.create(Map.of())) {
      try (TestMariaDb maria = TestMariaDb.create()) {
        String db = maria.createDatabase();
        maria.execute(
            db,
            "CREATE TABLE orders (id INT PRIMARY KEY, customer INT, product VARCHAR(40),"
                + " price DECIMAL(10,2), quantity INT, changed DATETIME(6))",
            "INSERT INTO orders SELECT seq, seq % 1000, concat('product ', seq % 500), seq / 7,"
                + " seq % 10, NOW(6) FROM seq_1_to_"
                + rows);
        Map<String, String> options = options(maria.port(), "millrace", db + ".orders");
        Runnable update =
            () ->
                maria.execute(
                    db,
                    "UPDATE orders SET quantity = quantity + 1",
                    "UPDATE orders SET quantity = quantity + 1");
        CaptureRun run = new CaptureRun(kafka, plugins, rows, update, db + ".orders");
        results.add(run.stock("MariaDB, stock JSON", "stockmaria", mariaConfig(maria, db)));
        results.add(run.ours("MariaDB, Millrace", "oursmaria", new MariaDbCdcProvider(), options));
      }
      try (TestPostgres postgres = TestPostgres.create()) {
        String db = postgres.createDatabase();
        postgres.execute(
            db,
            "CREATE TABLE orders (id INT PRIMARY KEY, customer INT, product VARCHAR(40),"
                + " price DECIMAL(10,2), quantity INT, changed TIMESTAMP)",
            "ALTER TABLE orders REPLICA IDENTITY FULL",
            "INSERT INTO orders SELECT i, i % 1000, 'product ' || i % 500, i / 7.0, i % 10, now()"
                + " FROM generate_series(1, "
                + rows
                + ") i");
        Map<String, String> options =
            new HashMap<>(options(postgres.port(), "postgres", "public.orders"));
        options.put("database", db);
        Runnable update =
            () ->
                postgres.execute(
                    db,
                    "UPDATE orders SET quantity = quantity + 1",
                    "UPDATE orders SET quantity = quantity + 1");
        CaptureRun run = new CaptureRun(kafka, plugins, rows, update, "public.orders");
        ConnectorProvider provider = new PostgresCdcProvider();
        results.add(run.stock("PostgreSQL, stock JSON", "stockpg", postgresConfig(postgres, db)));
        results.add(run.ours("PostgreSQL, Millrace", "ourspg", provider, options));
      }
    }
    print(rows, results);
    System.exit(0);
  }

  private static void print(int rows, List<CaptureRun.Result> results) {
    System.out.printf(
        "%n| %d rows, exactly-once | first copy, rows/s | catch-up, changes/s |%n", rows);
    System.out.println("|---|---|---|");
    for (CaptureRun.Result result : results) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f |%n",
          result.name(),
          result.copyRate(),
          result.catchUpRate());
    }
  }

  private static Map<String, String> options(int port, String user, String tables) {
    return Map.of(
        "hostname", "127.0.0.1",
        "port", Integer.toString(port),
        "username", user,
        "password", user,
        "tables", tables);
  }

  private static Map<String, String> mariaConfig(TestMariaDb maria, String db) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", Integer.toString(maria.port()));
    config.put("database.user", maria.username());
    config.put("database.password", maria.password());
    config.put("database.server.id", "4711");
    config.put("database.include.list", db);
    config.put("table.include.list", db + ".orders");
    config.put("schema.history.internal", "io.debezium.storage.kafka.history.KafkaSchemaHistory");
    config.put("schema.history.internal.kafka.topic", "stock.history");
    return config;
  }

  private static Map<String, String> postgresConfig(TestPostgres postgres, String db) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", Integer.toString(postgres.port()));
    config.put("database.user", postgres.username());
    config.put("database.password", postgres.password());
    config.put("database.dbname", db);
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", "stock");
    config.put("publication.autocreate.mode", "filtered");
    config.put("table.include.list", "public.orders");
    return config;
  }
}
