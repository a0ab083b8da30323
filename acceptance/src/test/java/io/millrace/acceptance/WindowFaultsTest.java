package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.home.Secrets;
import java.io.IOException;
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
 * Windows are counted while the processes that events pass through are killed in turn and come
 * back: every window comes out once, and is right. Small unless the property {@code
 * millrace.faults} is {@code full}.
 */
class WindowFaultsTest {

  private static final boolean FULL = "full".equals(System.getProperty("millrace.faults"));
  private static final int ROUNDS = FULL ? 6 : 1;
  private static final List<String> VICTIMS =
      List.of("analytics", "enrichment", "analytics", "kafka", "analytics");
  private static final LocalDateTime START = LocalDateTime.of(2026, 11, 20, 10, 0);

  private static LocalStack stack;

  @BeforeAll
  static void up() throws SQLException {
    stack = new LocalStack("windows-stack");
    stack.run("up", "--processes", "--no-sample");
    Secrets secrets = stack.secrets();
    try (Connection root = maria("mysql", "root", secrets.mariaDb())) {
      Tables.execute(
          root,
          "CREATE DATABASE windows",
          "GRANT ALL PRIVILEGES ON windows.* TO 'shop'@'%'",
          "CREATE TABLE windows.reading (id BIGINT PRIMARY KEY, kind INT NOT NULL,"
              + " at DATETIME(3) NOT NULL)");
    }
  }

  @AfterAll
  static void down() {
    if (stack != null) {
      stack.close();
    }
  }

  private static Connection maria(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + stack.port("mariadb") + "/" + database, user, password);
  }

  @Test
  void everyWindowComesOutOnceAndRight() throws Exception {
    stack.run("apply", script());
    stack.run("deploy", "windows");
    stack.run("start", "windows");
    List<String> killed = new ArrayList<>();
    try (ExecutorService killer = Executors.newVirtualThreadPerTaskExecutor();
        Connection readings = maria("windows", "shop", stack.secrets().shop())) {
      Future<?> kills = killer.submit(() -> killThemAll(killed));
      int id = 0;
      while (!kills.isDone()) {
        id = write(readings, id, 200);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      kills.get();
      write(readings, id, 200);
      // One of each kind closes all windows before it.
      for (int kind = 0; kind < 7; kind++) {
        Tables.execute(
            readings,
            "INSERT INTO reading VALUES (%d, %d, '2026-11-25 00:00:00')"
                .formatted(1_000_000_000 + kind, kind));
      }
    }
    assertThat(killed).hasSize(VICTIMS.size() * ROUNDS);
    List<String> expected;
    try (Connection readings = maria("windows", "shop", stack.secrets().shop())) {
      expected =
          Tables.rows(
              readings,
              "SELECT kind, FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(at) / 10) * 10 + 10) AS e,"
                  + " COUNT(*), SUM(id) FROM reading WHERE at < '2026-11-25'"
                  + " GROUP BY kind, e ORDER BY kind, e");
    }
    List<String> windows = expected.stream().map(WindowFaultsTest::withoutFraction).toList();
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(counted()).isEqualTo(windows));
  }

  private static List<String> counted() throws SQLException {
    try (Connection replica = stack.replica()) {
      return Tables.rows(
              replica,
              "SELECT kind, to_char(window_end AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), n, ids"
                  + " FROM counted WHERE window_end < '2026-11-25' ORDER BY 1, 2")
          .stream()
          .map(WindowFaultsTest::withoutFraction)
          .toList();
    }
  }

  private static String withoutFraction(String row) {
    return row.replaceAll("\\.0+\\|", "|");
  }

  /** Writes readings, 20 ms apart in event time; returns the next id. */
  private static int write(Connection connection, int first, int count) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)")) {
      for (int id = first; id < first + count; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id % 7);
        insert.setObject(3, START.plusNanos(id * 20_000_000L));
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

  private static String script() throws IOException {
    return stack.script(Path.of("src/test/resources/windows.sql"));
  }
}
