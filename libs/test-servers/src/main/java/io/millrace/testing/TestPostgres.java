package io.millrace.testing;

import io.millrace.embedded.FreePorts;
import io.millrace.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL that writes its log durably and for logical decoding. It keeps its port and its
 * data over {@link #stop} and {@link #start}. User and password are {@code postgres}.
 */
public final class TestPostgres implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static TestPostgres shared;

  private final int port = FreePorts.any();
  private final Path directory = Directories.temporary("postgres");
  private PostgresServer server;

  private TestPostgres() {}

  /** The PostgreSQL of this JVM, started at the first call. Do not stop it. */
  public static synchronized TestPostgres shared() {
    if (shared == null) {
      shared = create();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A PostgreSQL of the caller's own, started. */
  public static TestPostgres create() {
    TestPostgres postgres = new TestPostgres();
    postgres.start();
    return postgres;
  }

  public int port() {
    return port;
  }

  public String username() {
    return "postgres";
  }

  public String password() {
    return "postgres";
  }

  /** The JDBC URL of a database. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Creates an empty database of a new name and returns the name. */
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return name;
  }

  /** A connection to a database. */
  public Connection connect(String database) {
    try {
      return DriverManager.getConnection(jdbcUrl(database), username(), password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements in a database, each committed by itself. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it with the data it had. */
  public void start() {
    server = PostgresServer.start(directory, port, password());
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
}
