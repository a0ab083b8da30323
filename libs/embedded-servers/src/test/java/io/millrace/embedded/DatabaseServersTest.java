package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseServersTest {

  @TempDir Path directory;

  @Test
  void postgresKeepsWhatWasCommittedWhenItIsKilled() throws Exception {
    int port = FreePorts.any();
    PostgresServer killed = PostgresServer.start(directory, port, "it's a \"secret\"");
    killed.createDatabase("shop");
    killed.createDatabase("shop");
    try (Connection connection = killed.connect("shop")) {
      execute(connection, "CREATE TABLE t (a INT)");
      execute(connection, "INSERT INTO t VALUES (42)");
      assertThat(value(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(value(connection, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(connection, "SHOW wal_level")).isEqualTo("logical");
    }
    kill(killed);
    assertThat(killed.alive()).isFalse();
    try (PostgresServer again = PostgresServer.start(directory, port, "it's a \"secret\"");
        Connection connection = again.connect("shop")) {
      assertThat(value(connection, "SELECT a FROM t")).isEqualTo("42");
    }
  }

  /** A busy backend does not notice that its server was killed, and kept the next from starting. */
  @Test
  void postgresStartsBesideABusyBackendOfTheKilledOne() throws Exception {
    int port = FreePorts.any();
    PostgresServer killed = PostgresServer.start(directory, port, "secret");
    Connection busy = killed.connect("postgres");
    Thread query =
        Thread.ofVirtual()
            .start(() -> {
              try {
                execute(busy, "SELECT count(*) FROM generate_series(1, 1000000000000)");
              } catch (SQLException e) {
                // killed below
              }
            });
    try (Connection connection = killed.connect("postgres")) {
      String active = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(%'";
      while (value(connection, active + " AND pid <> pg_backend_pid()").equals("0")) {
        Thread.onSpinWait();
      }
    }
    kill(killed);
    try (PostgresServer again = PostgresServer.start(directory, port, "secret")) {
      assertThat(again.alive()).isTrue();
    }
    query.join();
  }

  @Test
  void postgresLeftBehindByAKilledParentIsStoppedFirst() throws Exception {
    PostgresServer left = PostgresServer.start(directory, FreePorts.any(), "secret");
    try (PostgresServer again = PostgresServer.start(directory, FreePorts.any(), "secret")) {
      assertThat(left.alive()).isFalse();
      assertThat(again.alive()).isTrue();
    }
  }

  @Test
  void mariaDbKeepsWhatWasCommittedWhenItIsKilled() throws Exception {
    int port = FreePorts.any();
    MariaDbServer killed = MariaDbServer.start(directory, port, "it's a \\ \"secret\"");
    killed.createDatabase("shop");
    try (Connection connection = killed.connect("shop")) {
      execute(connection, "CREATE TABLE t (a INT)");
      execute(connection, "INSERT INTO t VALUES (42)");
      assertThat(value(connection, "SELECT @@binlog_format")).isEqualTo("ROW");
      assertThat(value(connection, "SELECT @@binlog_row_image")).isEqualTo("FULL");
      assertThat(value(connection, "SELECT COUNT(*) FROM mysql.user WHERE User = ''"))
          .isEqualTo("0");
    }
    kill(killed);
    try (MariaDbServer again = MariaDbServer.start(directory, port, "it's a \\ \"secret\"");
        Connection connection = again.connect("shop")) {
      assertThat(value(connection, "SELECT a FROM t")).isEqualTo("42");
    }
  }

  @Test
  void mariaDbLeftBehindByAKilledParentIsStoppedFirst() {
    MariaDbServer left = MariaDbServer.start(directory, FreePorts.any(), "secret");
    try (MariaDbServer again = MariaDbServer.start(directory, FreePorts.any(), "secret")) {
      assertThat(left.alive()).isFalse();
      assertThat(again.alive()).isTrue();
    }
  }

  static void kill(EmbeddedServer server) {
    ProcessHandle handle = ProcessHandle.of(server.pid()).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
