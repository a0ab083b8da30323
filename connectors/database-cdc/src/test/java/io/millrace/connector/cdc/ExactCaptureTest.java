package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.DesiredState;
import io.millrace.testing.TestMariaDb;
import io.millrace.testing.TestPostgres;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Workers are killed in the middle of the first copy, of statements that change many rows, and of
 * long transactions among short ones. Debezium alone doubled rows (MariaDB 3.5.0) and lost some
 * (PostgreSQL 3.5.0) in these cases. The version of each row grows by one with every change, so
 * that what is missing, doubled or out of order shows in the changes of its key. In full (200,000
 * rows) with {@code -Dmillrace.faults=full}.
 */
class ExactCaptureTest {

  private static final boolean FULL = "full".equals(System.getProperty("millrace.faults"));
  private static final int ROWS = FULL ? 200_000 : 20_000;
  private static final int SHORT_ONES = 30;
  private static final Duration LONG = Duration.ofSeconds(FULL ? 12 : 3);

  /** What differs between the two databases. */
  private interface Database {
    Connection connect() throws SQLException;

    void fill(Connection connection, String table, int first, int rows) throws Exception;
  }

  @Test
  void mariaDb() throws Exception {
    TestMariaDb maria = TestMariaDb.shared();
    String db = maria.createDatabase();
    Map<String, String> options =
        Map.of(
            "hostname",
            "127.0.0.1",
            "port",
            "" + maria.port(),
            "username",
            maria.username(),
            "password",
            maria.password(),
            "batch",
            FULL ? "8192" : "500",
            "tables",
            db + ".*");
    Database database =
        new Database() {
          @Override
          public Connection connect() {
            return maria.connect(db);
          }

          @Override
          public void fill(Connection connection, String table, int first, int rows)
              throws SQLException {
            execute(
                connection,
                "INSERT INTO %s SELECT seq, 0, concat('row ', seq) FROM seq_%d_to_%d"
                    .formatted(table, first, first + rows - 1));
          }
        };
    run("exactmaria", new MariaDbCdcProvider(), options, database, db + ".");
  }

  @Test
  void postgres() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    String db = postgres.createDatabase();
    Map<String, String> options =
        Map.of(
            "hostname",
            "127.0.0.1",
            "port",
            "" + postgres.port(),
            "username",
            postgres.username(),
            "password",
            postgres.password(),
            "database",
            db,
            "batch",
            FULL ? "8192" : "500",
            "tables",
            "public.*");
    Database database =
        new Database() {
          @Override
          public Connection connect() {
            return postgres.connect(db);
          }

          @Override
          public void fill(Connection connection, String table, int first, int rows)
              throws Exception {
            StringBuilder lines = new StringBuilder();
            for (int i = first; i < first + rows; i++) {
              lines.append(i).append("\t0\trow ").append(i).append('\n');
            }
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN", new StringReader(lines.toString()));
          }
        };
    run("exactpg", new PostgresCdcProvider(), options, database, "public.");
  }

  private void run(
      String name,
      ConnectorProvider provider,
      Map<String, String> options,
      Database database,
      String prefix)
      throws Exception {
    String big = prefix + "big";
    String small = prefix + "small";
    try (Connection connection = database.connect()) {
      for (String table : List.of("big", "small")) {
        execute(
            connection,
            "CREATE TABLE %s (id INT PRIMARY KEY, v INT, note VARCHAR(40))".formatted(table));
        if (provider instanceof PostgresCdcProvider) {
          execute(connection, "ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table));
        }
      }
      database.fill(connection, "big", 1, ROWS);
      database.fill(connection, "small", 1, SHORT_ONES);
    }
    try (CaptureHarness capture =
        new CaptureHarness("default." + name, provider, new HashMap<>(options))
            .stream(big).stream(small)) {
      Kills kills = new Kills(capture, big);
      kills.start();
      // in the first copy, twice
      kills.inTheMiddle(0, ROWS);
      kills.inTheMiddle(0, ROWS);
      kills.awaitCommitted(ROWS);
      // in one statement
      try (Connection connection = database.connect()) {
        database.fill(connection, "big", ROWS + 1, ROWS);
      }
      kills.inTheMiddle(ROWS, ROWS);
      kills.inTheMiddle(ROWS, ROWS);
      kills.awaitCommitted(2 * ROWS);
      try (Connection connection = database.connect()) {
        execute(connection, "UPDATE big SET v = v + 1 WHERE id <= " + ROWS);
      }
      kills.inTheMiddle(2 * ROWS, ROWS);
      interleaved(database, kills);
      try (Connection connection = database.connect()) {
        execute(connection, "DELETE FROM big WHERE id > " + (2 * ROWS - ROWS / 10));
        execute(connection, "UPDATE small SET v = v + 1");
      }
      long changes = 3L * ROWS + 200L + ROWS / 10;
      kills.awaitCommitted(changes);
      capture.await("the small table", () -> capture.count(small) >= SHORT_ONES * 3L);
      verify(capture.changes(big), content(database, "big"));
      verify(capture.changes(small), content(database, "small"));
      assertThat(capture.count(big)).isEqualTo(changes);
      kills.end();
    }
  }

  /** A long transaction, short ones that begin and end within it, and a kill among them. */
  private static void interleaved(Database database, Kills kills) throws Exception {
    try (Connection open = database.connect();
        Connection brief = database.connect()) {
      open.setAutoCommit(false);
      long pause = LONG.dividedBy(SHORT_ONES).toNanos();
      for (int i = 1; i <= SHORT_ONES; i++) {
        if (i <= 20) {
          execute(
              open,
              "UPDATE big SET v = v + 1 WHERE id BETWEEN %d AND %d"
                  .formatted(i * 10 + 1, i * 10 + 10));
        }
        execute(brief, "UPDATE small SET v = v + 1 WHERE id = " + i);
        LockSupport.parkNanos(pause);
        if (i == SHORT_ONES / 2) {
          kills.now();
        }
      }
      open.commit();
    }
    kills.now();
  }

  /** Every key's changes follow each other without a gap, and end in what the table holds. */
  private static void verify(List<CaptureHarness.Change> changes, Map<Integer, Integer> content) {
    Map<Integer, Integer> versions = new TreeMap<>();
    Map<Integer, String> places = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (CaptureHarness.Change change : changes) {
      int id = (Integer) change.value("id");
      Integer before = versions.get(id);
      String fault =
          switch (change.op()) {
            case "r", "c" -> before == null ? null : "came twice";
            case "u" ->
                before != null
                        && before.equals(change.before().get("v"))
                        && change.value("v").equals(before + 1)
                    ? null
                    : "changed from %s".formatted(change.before());
            case "d" -> before == null ? "deleted twice" : null;
            default -> "unknown change";
          };
      if (fault != null) {
        faults.add(
            "%d (version %s): %s: %s at %s, before at %s"
                .formatted(id, before, fault, change.row(), place(change), places.get(id)));
      }
      places.put(id, place(change));
      if (change.op().equals("d")) {
        versions.remove(id);
      } else {
        versions.put(id, (Integer) change.value("v"));
      }
    }
    assertThat(faults.stream().limit(20)).isEmpty();
    assertThat(versions).isEqualTo(content);
  }

  private static String place(CaptureHarness.Change change) {
    Object[] source = (Object[]) change.event().row()[io.millrace.connector.ChangeEvents.SOURCE];
    return "%s %s (offset %d)".formatted(source[5], source[6], change.record().offset());
  }

  private static Map<Integer, Integer> content(Database database, String table) throws Exception {
    Map<Integer, Integer> content = new LinkedHashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, v FROM " + table + " ORDER BY id")) {
      while (rows.next()) {
        content.put(rows.getInt(1), rows.getInt(2));
      }
    }
    return content;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A worker process that is killed and started again. */
  private static final class Kills {

    private final CaptureHarness capture;
    private final String table;
    private CaptureProcess process;

    Kills(CaptureHarness capture, String table) {
      this.capture = capture;
      this.table = table;
    }

    void start() {
      process =
          CaptureProcess.start(
              capture.kafka.bootstrapServers(), capture.plan(DesiredState.RUNNING));
    }

    void end() {
      process.close();
    }

    void now() {
      process.kill();
      start();
    }

    /** Kills when some of the next rows have reached the broker, committed or not. */
    void inTheMiddle(long before, long rows) {
      long written = written();
      long goal = Math.max(written, before) + rows / 10;
      await("rows on their way", () -> written() >= Math.min(goal, written + rows / 10 + 1));
      now();
    }

    void awaitCommitted(long changes) {
      await(changes + " changes", () -> written() >= changes && capture.count(table) >= changes);
    }

    private long written() {
      try (Admin admin = Admin.create(Map.<String, Object>copyOf(capture.kafka.clientConfig()))) {
        TopicPartition partition = new TopicPartition(capture.topic(table), 0);
        return admin
            .listOffsets(Map.of(partition, OffsetSpec.latest()))
            .partitionResult(partition)
            .get()
            .offset();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
      long deadline = System.nanoTime() + Duration.ofSeconds(180).toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("waited three minutes for " + what);
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }
}
