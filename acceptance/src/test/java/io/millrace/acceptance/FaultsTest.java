package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Changes of all kinds go on in two databases while every process is killed in turn and comes back.
 * At the end the replica equals its sources, and the append targets and the CSV files hold every
 * change once. Small unless the property {@code millrace.faults} is {@code full}.
 */
class FaultsTest {

  private static final int STATEMENT_ROWS = LocalStack.FULL ? 200_000 : 10_000;

  /** Few: one database's first copy is done soon, and its log is read while all is killed. */
  private static final int FEW_ROWS = 10_000;

  private static final int SHORT_CHANGES = LocalStack.FULL ? 20_000 : 1_500;
  private static final int ROUNDS = LocalStack.FULL ? 3 : 1;
  private static final Duration IN_THE_END = Duration.ofMinutes(LocalStack.FULL ? 20 : 5);
  private static final List<String> VICTIMS =
      List.of(
          "ingestion",
          "enrichment",
          "delivery",
          "kafka",
          "ingestion",
          "redis",
          "delivery",
          "control");

  private static LocalStack stack;

  @BeforeAll
  static void up() throws SQLException {
    stack = LocalStack.ofProcesses();
    Secrets secrets = stack.secrets();
    try (Connection root = maria("mysql", "root", secrets.mariaDb());
        Connection postgres = postgres("postgres", "postgres", secrets.postgres())) {
      Tables.execute(
          root,
          "CREATE DATABASE faults",
          "GRANT ALL PRIVILEGES ON faults.* TO 'shop'@'%'",
          "CREATE TABLE faults.kind (kind INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO faults.kind SELECT seq, CONCAT('kind ', seq) FROM seq_0_to_6");
      Tables.execute(
          postgres,
          "CREATE ROLE orders LOGIN REPLICATION PASSWORD 'orders'",
          "CREATE DATABASE orders OWNER orders");
    }
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.tryToRun("stop", "faults");
    }
  }

  private static Connection maria(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + stack.port("mariadb") + "/" + database, user, password);
  }

  private static Connection postgres(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + stack.port("postgres") + "/" + database, user, password);
  }

  private static Connection items() throws SQLException {
    return maria("faults", "shop", stack.secrets().shop());
  }

  private static Connection carts() throws SQLException {
    return postgres("orders", "orders", "orders");
  }

  @Test
  void whateverIsKilledEveryChangeArrivesOnce() throws Exception {
    FaultsWorkload items = new FaultsWorkload("item", false);
    FaultsWorkload carts = new FaultsWorkload("cart", true);
    try (Connection connection = items()) {
      items.create(connection, FEW_ROWS);
    }
    try (Connection connection = carts()) {
      carts.create(connection, STATEMENT_ROWS);
    }
    stack.secret("orders_password", "orders");
    stack.run("apply", script());
    stack.run("deploy", "faults");
    stack.run("start", "faults", "--no-wait");
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      running.addAll(work(writers, items, FaultsTest::items));
      running.addAll(work(writers, carts, FaultsTest::carts));
      killThemAll();
      for (Future<?> writer : running) {
        writer.get();
      }
    }
    awaitEqual("item", FaultsTest::items);
    awaitEqual("cart", FaultsTest::carts);
    awaitEveryChangeOnce("item", items, FaultsTest::items);
    awaitEveryChangeOnce("cart", carts, FaultsTest::carts);
    try (Connection replica = stack.replica()) {
      assertThat(
              Tables.number(
                  replica,
                  "SELECT COUNT(*) FROM item_appended"
                      + " WHERE kind_name IS DISTINCT FROM 'kind ' || (id % 7)"))
          .as("events that did not find their kind in the cache")
          .isZero();
    }
  }

  /** A database to write to. */
  @FunctionalInterface
  private interface Database {
    Connection connect() throws SQLException;
  }

  private static List<Future<?>> work(
      ExecutorService writers, FaultsWorkload workload, Database database) {
    List<Future<?>> running = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      long seed = writer;
      running.add(
          writers.submit(() -> {
            try (Connection connection = database.connect()) {
              workload.shortTransactions(connection, SHORT_CHANGES, seed);
            }
            return null;
          }));
    }
    running.add(
        writers.submit(() -> {
          try (Connection connection = database.connect()) {
            for (int i = 0; i < 2 * ROUNDS; i++) {
              workload.longTransaction(connection, 40, 12_000, 100 + i);
            }
          }
          return null;
        }));
    running.add(
        writers.submit(() -> {
          try (Connection connection = database.connect()) {
            for (int i = 0; i < 2 * ROUNDS; i++) {
              workload.insertMany(connection, STATEMENT_ROWS);
              TimeUnit.SECONDS.sleep(3);
              workload.updateMany(connection, 5, i % 5);
              TimeUnit.SECONDS.sleep(5);
            }
          }
          return null;
        }));
    return running;
  }

  private static void killThemAll() throws InterruptedException {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      for (String victim : VICTIMS) {
        TimeUnit.MILLISECONDS.sleep(2000 + random.nextInt(3000));
        await().atMost(Duration.ofMinutes(3)).until(() -> stack.pid(victim) != 0);
        LocalStack.kill(stack.pid(victim));
      }
    }
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> stack.status().path("state").asString().equals("ready"));
  }

  private static void awaitEqual(String table, Database database) {
    String query = "SELECT id, v, kind, payload FROM " + table + " ORDER BY id";
    await()
        .atMost(IN_THE_END)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> {
          try (Connection source = database.connect();
              Connection replica = stack.replica()) {
            String sums = "SELECT COUNT(*) * 1000000 + SUM(v) FROM " + table;
            return Tables.number(source, sums) == Tables.number(replica, sums)
                && Tables.rows(source, query).equals(Tables.rows(replica, query));
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private static void awaitEveryChangeOnce(String table, FaultsWorkload workload, Database database)
      throws Exception {
    Map<Long, Integer> alive = new HashMap<>();
    try (Connection source = database.connect()) {
      for (String row : Tables.rows(source, "SELECT id, v FROM " + table)) {
        String[] columns = row.split("\\|");
        alive.put(Long.valueOf(columns[0]), Integer.valueOf(columns[1]));
      }
    }
    await()
        .atMost(IN_THE_END)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> {
          List<String> appended;
          try (Connection replica = stack.replica()) {
            appended = Tables.rows(replica, "SELECT id, v, op FROM " + table + "_appended");
          }
          assertThat(faults(appended, alive, workload.endOfIds()))
              .as("%s_appended", table)
              .isEmpty();
          assertThat(faults(csv(table), alive, workload.endOfIds()))
              .as("the CSV files of %s", table)
              .isEmpty();
        });
  }

  /** What is missing or double among changes, each {@code id|v|op|}; the first few. */
  private static List<String> faults(
      List<String> changes, Map<Long, Integer> alive, long endOfIds) {
    List<String> faults = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<Long, int[]> versions = new HashMap<>();
    Set<Long> deleted = new HashSet<>();
    for (String change : changes) {
      if (!seen.add(change)) {
        faults.add("double: " + change);
      }
      String[] columns = change.split("\\|");
      long id = Long.parseLong(columns[0]);
      int version = Integer.parseInt(columns[1]);
      if (columns[2].equals("d")) {
        deleted.add(id);
      } else {
        int[] range = versions.computeIfAbsent(id, i -> new int[] {version, version, 0});
        range[0] = Math.min(range[0], version);
        range[1] = Math.max(range[1], version);
        range[2]++;
      }
    }
    for (long id = 1; id < endOfIds && faults.size() < 10; id++) {
      int[] range = versions.get(id);
      Integer last = alive.get(id);
      if (range == null) {
        // deleted before the snapshot was taken is the one way never to be seen
        if (last != null || deleted.contains(id)) {
          faults.add("missing: row " + id);
        }
      } else if (range[2] != range[1] - range[0] + 1) {
        faults.add(
            "missing or double: a version of row %d, %s"
                .formatted(id, List.of(range[0], range[1], range[2])));
      } else if (last == null ? !deleted.contains(id) : last != range[1]) {
        faults.add("missing: the last change of row " + id);
      }
    }
    return faults.subList(0, Math.min(10, faults.size()));
  }

  private static List<String> csv(String table) {
    List<String> changes = new ArrayList<>();
    for (Path file : SinkFiles.in(stack.files().resolve("faults/" + table), ".csv")) {
      CsvFile.rows(file)
          .forEach(
              row -> changes.add(row.get("id") + "|" + row.get("v") + "|" + row.get("op") + "|"));
    }
    return changes;
  }

  private static String script() throws IOException {
    return stack.script(Path.of("src/test/resources/faults.sql"));
  }
}
