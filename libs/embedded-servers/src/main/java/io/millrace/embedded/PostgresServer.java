package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL with logical decoding on, every commit synced to disk. The superuser is {@code
 * postgres}; a given password holds from the first start of a data directory.
 */
public final class PostgresServer implements EmbeddedServer {

  /** Disconnects the clients and stops in order; the milder TERM would wait for them. */
  static final String STOP_SIGNAL = "INT";

  private static final String SUPERUSER = "postgres";

  private final int port;
  private final String password;
  private final ServerProcess process;

  private PostgresServer(int port, String password, ServerProcess process) {
    this.port = port;
    this.password = password;
    this.process = process;
  }

  /**
   * Starts PostgreSQL, making the data directory first when it is not there, and waits until it
   * takes connections.
   *
   * @param directory where its data, pid file and log are
   */
  public static PostgresServer start(Path directory, int port, String password) {
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    ServerProcess.stopStale("postgres", home, STOP_SIGNAL);
    ServerProcess.killOrphans("postgres", data);
    Path binaries = Binaries.postgres().resolve("bin");
    create(home, data, binaries, password);
    forgetForeignPid(data);
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.add(binaries.resolve("postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "wal_level=logical",
            "max_connections=200",
            "max_replication_slots=20",
            "max_wal_senders=20",
            "shared_buffers=64MB",
            "max_wal_size=512MB",
            "timezone=UTC",
            "log_timezone=UTC")) {
      command.addAll(List.of("-c", setting));
    }
    ServerProcess process = ServerProcess.start("postgres", home, STOP_SIGNAL, command);
    PostgresServer server = new PostgresServer(port, password, process);
    process.awaitReady(Duration.ofSeconds(60), server::takesConnections);
    return server;
  }

  private static void create(Path home, Path data, Path binaries, String password) {
    if (Files.exists(data.resolve("PG_VERSION")) && Files.exists(home.resolve("created"))) {
      return;
    }
    Path passwordFile = home.resolve("password.tmp");
    try {
      Binaries.delete(data);
      Files.createDirectories(home);
      Files.deleteIfExists(passwordFile);
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, password);
      List<String> command = new ArrayList<>(asOrdinaryUser());
      command.add(binaries.resolve("initdb").toString());
      command.addAll(
          List.of(
              "-D",
              data.toString(),
              "-U",
              SUPERUSER,
              "-A",
              "scram-sha-256",
              "--pwfile",
              passwordFile.toString(),
              "-E",
              "UTF8",
              "--locale-provider=builtin",
              "--locale=C.UTF-8"));
      ServerProcess.run("initdb", home, command);
      Files.deleteIfExists(passwordFile);
      Files.createFile(home.resolve("created"));
    } catch (IOException e) {
      throw new ServerException("cannot create " + data + ": " + e.getMessage(), e);
    }
  }

  /** PostgreSQL refuses root; in a user namespace of its own it does not see that it is root. */
  private static List<String> asOrdinaryUser() {
    return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of();
  }

  /**
   * After a kill the file postmaster.pid stays; when its pid belongs to another program by now,
   * PostgreSQL would believe that it still runs.
   */
  private static void forgetForeignPid(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      if (Files.exists(file)) {
        long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
        String commandLine = ServerProcess.commandLine(pid);
        if (!commandLine.isEmpty() && !commandLine.contains(data.toString())) {
          Files.delete(file);
        }
      }
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new ServerException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private boolean takesConnections() {
    if (!ServerProcess.listens(port)) {
      return false;
    }
    try (Connection connection = connect(SUPERUSER)) {
      return connection.isValid(2);
    } catch (SQLException e) {
      if ("28P01".equals(e.getSQLState())) {
        close();
        throw new ServerException("the PostgreSQL data were made with another password", e);
      }
      return false;
    }
  }

  /** A new connection as the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
  }

  /** Creates a database unless it is there. */
  public void createDatabase(String name) {
    try (Connection connection = connect(SUPERUSER);
        PreparedStatement exists =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      exists.setString(1, name);
      try (ResultSet rows = exists.executeQuery();
          Statement create = connection.createStatement()) {
        if (!rows.next()) {
          create.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        }
      }
    } catch (SQLException e) {
      throw new ServerException("cannot create database " + name + ": " + e.getMessage(), e);
    }
  }

  /** The JDBC address of a database, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String username() {
    return SUPERUSER;
  }

  public String password() {
    return password;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean alive() {
    return process.alive();
  }

  @Override
  public void close() {
    process.stop();
  }
}
