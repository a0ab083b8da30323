package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every stateful construct runs while the processes that events pass through are killed in turn and
 * come back: what comes out is what comes out of the same application undisturbed, and its windows
 * are those that the database counts. Small unless the property {@code millrace.faults} is {@code
 * full}.
 */
class StatefulFaultsTest {

  private static final int ROUNDS = LocalStack.FULL ? 4 : 1;
  private static final Duration IN_THE_END = Duration.ofMinutes(LocalStack.FULL ? 15 : 5);
  private static final List<String> VICTIMS =
      List.of("analytics", "enrichment", "analytics", "kafka", "analytics");
  private static final LocalDateTime START = LocalDateTime.of(2026, 11, 20, 10, 0);

  private static final List<String> CONSTRUCTS =
      List.of(
          "tumble",
          "windows of windows",
          "hop",
          "cumulate",
          "session",
          "over range",
          "over rows",
          "interval join",
          "absence",
          "window join",
          "match",
          "first row",
          "top",
          "group by",
          "epl");

  private static LocalStack stack;

  @BeforeAll
  static void up() throws SQLException {
    stack = LocalStack.ofProcesses();
    Secrets secrets = stack.secrets();
    try (Connection root = maria("mysql", "root", secrets.mariaDb())) {
      Tables.execute(
          root,
          "CREATE DATABASE constructs",
          "GRANT ALL PRIVILEGES ON constructs.* TO 'shop'@'%'",
          "CREATE TABLE constructs.reading (id BIGINT PRIMARY KEY, kind INT NOT NULL,"
              + " at DATETIME(3) NOT NULL)");
    }
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.tryToRun("stop", "storm");
      stack.tryToRun("stop", "calm");
    }
  }

  private static Connection maria(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + stack.port("mariadb") + "/" + database, user, password);
  }

  @Test
  void killsChangeNothingOfWhatComesOut() throws Exception {
    start("storm");
    List<String> killed = new ArrayList<>();
    try (ExecutorService killer = Executors.newVirtualThreadPerTaskExecutor();
        Connection readings = maria("constructs", "shop", stack.secrets().shop())) {
      Future<?> kills = killer.submit(() -> killThemAll(killed));
      int id = 0;
      while (!kills.isDone()) {
        id = write(readings, id, 100);
        TimeUnit.MILLISECONDS.sleep(200);
      }
      kills.get();
      write(readings, id, 200);
      // One of each kind, from each partition of the changes, ends all windows before it.
      for (int last = 0; last < 14 * 7; last++) {
        Tables.execute(
            readings,
            "INSERT INTO reading VALUES (%d, %d, '2026-11-25 00:00:00')"
                .formatted(1_000_000_000 + last, last % 7));
      }
    }
    assertThat(killed).hasSize(VICTIMS.size() * ROUNDS);
    awaitCounted("storm");
    start("calm");
    awaitCounted("calm");
    await()
        .atMost(IN_THE_END)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> {
          List<String> undisturbed = results("calm");
          assertThat(undisturbed.stream().map(row -> row.split("\\|")[0]).distinct())
              .containsExactlyInAnyOrderElementsOf(CONSTRUCTS);
          assertThat(results("storm")).isEqualTo(undisturbed);
        });
  }

  private static void start(String name) throws IOException {
    Path script = Path.of(stack.script(Path.of("src/test/resources/constructs.sql")));
    Path named = script.resolveSibling(name + ".sql");
    Files.writeString(named, Files.readString(script).replace("NAME", name));
    stack.run("apply", named.toString());
    stack.run("deploy", name);
    stack.run("start", name);
  }

  /** Waits until the windows are those that the database counts. */
  private static void awaitCounted(String name) throws SQLException {
    List<String> windows;
    try (Connection readings = maria("constructs", "shop", stack.secrets().shop())) {
      windows =
          Tables.rows(
              readings,
              "SELECT 'tumble', kind, FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(at) / 10) * 10 + 10) AS e,"
                  + " CONCAT(COUNT(*), ' ', SUM(id)) FROM reading WHERE at < '2026-11-25'"
                  + " GROUP BY kind, e ORDER BY kind, e");
    }
    List<String> expected = windows.stream().map(StatefulFaultsTest::withoutFraction).toList();
    await()
        .atMost(IN_THE_END)
        .pollInterval(Duration.ofSeconds(2))
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(rows(name, "construct = 'tumble'", "kind, at")).isEqualTo(expected));
  }

  private static List<String> results(String name) throws SQLException {
    return rows(name, "TRUE", "construct, kind, at, what");
  }

  private static List<String> rows(String name, String condition, String order)
      throws SQLException {
    try (Connection replica = stack.replica()) {
      return Tables.rows(
              replica,
              "SELECT construct, kind, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), what"
                  + " FROM %s_results WHERE at < '2026-11-25' AND %s ORDER BY %s"
                      .formatted(name, condition, order))
          .stream()
          .map(StatefulFaultsTest::withoutFraction)
          .toList();
    }
  }

  private static String withoutFraction(String row) {
    return row.replaceAll("\\.0+\\|", "|");
  }

  /** Writes readings, 20 ms apart in event time, with a gap after 500; returns the next id. */
  private static int write(Connection connection, int first, int count) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)")) {
      for (int id = first; id < first + count; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id % 7);
        insert.setObject(3, START.plusNanos(id * 20_000_000L).plusSeconds(id / 500 * 3));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return first + count;
  }

  private static Void killThemAll(List<String> killed) throws InterruptedException {
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      for (String victim : VICTIMS) {
        TimeUnit.MILLISECONDS.sleep(3000 + random.nextInt(4000));
        await().atMost(Duration.ofMinutes(3)).until(() -> stack.pid(victim) != 0);
        LocalStack.kill(stack.pid(victim));
        killed.add(victim);
      }
    }
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> stack.status().path("state").asString().equals("ready"));
    return null;
  }
}
