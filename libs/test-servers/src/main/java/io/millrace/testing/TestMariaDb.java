package io.millrace.testing;

import io.millrace.embedded.FreePorts;
import io.millrace.embedded.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One MariaDB with a binary log of whole rows. It keeps its port and its data over {@link #stop}
 * and {@link #start}. The user {@code millrace}, password {@code millrace}, may do everything.
 */
public final class TestMariaDb implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static TestMariaDb shared;

  private final int port = FreePorts.any();
  private final Path directory = Directories.temporary("mariadb");
  private MariaDbServer server;

  private TestMariaDb() {}

  /** The MariaDB of this JVM, started at the first call. Do not stop it. */
  public static synchronized TestMariaDb shared() {
    if (shared == null) {
      shared = create();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A MariaDB of the caller's own, started. */
  public static TestMariaDb create() {
    TestMariaDb maria = new TestMariaDb();
    maria.start();
    maria.grant();
    return maria;
  }

  public int port() {
    return port;
  }

  public String username() {
    return "millrace";
  }

  public String password() {
    return "millrace";
  }

  /** The JDBC URL of a database; an empty name for none. */
  public String jdbcUrl(String database) {
    return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Creates an empty database of a new name and returns the name. */
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("", "CREATE DATABASE " + name);
    return name;
  }

  /** A connection to a database; an empty name for none. */
  public Connection connect(String database) {
    try {
      return DriverManager.getConnection(jdbcUrl(database), username(), password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements in a database, each committed by itself. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(database)) {
      run(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it with the data it had. */
  public void start() {
    server = MariaDbServer.start(directory, port, password());
  }

  /** Stops it and keeps its data. */
  public void stop() {
    if (server == null) {
      return;
    }
    server.close();
    server = null;
  }

  @Override
  public void close() {
    stop();
    Directories.delete(directory);
  }

  private void grant() {
    try (Connection root = server.connect("")) {
      run(
          root,
          "CREATE USER 'millrace'@'%' IDENTIFIED BY 'millrace'",
          "GRANT ALL PRIVILEGES ON *.* TO 'millrace'@'%' WITH GRANT OPTION");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
