package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * MariaDB with row-based binary logging and full before-images. The superuser is {@code root} from
 * the loopback interface; the password is set anew at each start.
 */
public final class MariaDbServer implements EmbeddedServer {

  private static final String SUPERUSER = "root";

  private final int port;
  private final String password;
  private final ServerProcess process;

  private MariaDbServer(int port, String password, ServerProcess process) {
    this.port = port;
    this.password = password;
    this.process = process;
  }

  /**
   * Starts MariaDB, making the data directory first when it is not there, and waits until it takes
   * connections.
   *
   * @param directory where its data, pid file and log are
   */
  public static MariaDbServer start(Path directory, int port, String password) {
    Path home = directory.toAbsolutePath();
    Path data = home.resolve("data");
    ServerProcess.stopStale("mariadb", home, "TERM");
    Path binaries = Binaries.mariaDb();
    create(home, data, binaries);
    Path onStart = writeStartStatements(home, password);
    ServerProcess process =
        ServerProcess.start(
            "mariadb",
            home,
            "TERM",
            List.of(
                binaries.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + binaries,
                "--datadir=" + data,
                // relative to the data directory: an absolute path may be too long for a socket
                "--socket=mariadb.sock",
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                // on the loopback interface only; making a key for TLS would take many seconds
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--server-id=1",
                "--log-bin=mariadb-bin",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--binlog-row-metadata=FULL",
                "--gtid-strict-mode=1",
                "--max-allowed-packet=64M",
                "--innodb-buffer-pool-size=64M",
                "--performance-schema=OFF",
                "--init-file=" + onStart));
    MariaDbServer server = new MariaDbServer(port, password, process);
    process.awaitReady(Duration.ofSeconds(60), server::takesConnections);
    return server;
  }

  private static void create(Path home, Path data, Path binaries) {
    if (Files.exists(home.resolve("created"))) {
      return;
    }
    try {
      Binaries.delete(data);
      Files.createDirectories(data);
      ServerProcess.run(
          "mariadb-install-db",
          home,
          List.of(
              binaries.resolve("scripts/mariadb-install-db").toString(),
              "--no-defaults",
              "--force",
              "--skip-name-resolve",
              "--skip-test-db",
              "--auth-root-authentication-method=normal",
              "--user=" + System.getProperty("user.name"),
              "--basedir=" + binaries,
              "--datadir=" + data));
      Files.createFile(home.resolve("created"));
    } catch (IOException e) {
      throw new ServerException("cannot create " + data + ": " + e.getMessage(), e);
    }
  }

  /** Anonymous users would shadow all others that connect from the loopback interface. */
  private static Path writeStartStatements(Path home, String password) {
    String literal = "'" + password.replace("\\", "\\\\").replace("'", "''") + "'";
    Path file = home.resolve("on-start.sql");
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          "SET sql_log_bin = 0;\n"
              + "DELETE FROM mysql.global_priv WHERE User = '' OR Host NOT IN ('127.0.0.1', '%')"
              + " AND User = 'root';\n"
              + "FLUSH PRIVILEGES;\n"
              + ("CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY " + literal + ";\n")
              + ("ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY " + literal + ";\n")
              + "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n");
      return file;
    } catch (IOException e) {
      throw new ServerException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private boolean takesConnections() {
    if (!ServerProcess.listens(port)) {
      return false;
    }
    try (Connection connection = connect("mysql")) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** A new connection as the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
  }

  /** Creates a database unless it is there. */
  public void createDatabase(String name) {
    try (Connection connection = connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS `" + name.replace("`", "``") + "`");
    } catch (SQLException e) {
      throw new ServerException("cannot create database " + name + ": " + e.getMessage(), e);
    }
  }

  /** The JDBC address of a database, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
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
