package io.millrace.local.demo;

import io.millrace.embedded.MariaDbServer;
import io.millrace.embedded.PostgresServer;
import io.millrace.local.home.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Users and databases of the local stack; made when they are missing, passwords set anew. */
public final class DemoDatabases {

  private DemoDatabases() {}

  /** The platform's own database, and the one that the sample replication writes to. */
  public static void preparePostgres(PostgresServer server, Secrets secrets) {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      role(statement, "millrace", secrets.platform());
      role(statement, "replica", secrets.replica());
      server.createDatabase("millrace");
      server.createDatabase("replica");
      statement.execute("ALTER DATABASE millrace OWNER TO millrace");
      statement.execute("ALTER DATABASE replica OWNER TO replica");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare PostgreSQL: " + e.getMessage(), e);
    }
  }

  private static void role(Statement statement, String name, String password) throws SQLException {
    statement.execute(
        """
        DO $$ BEGIN
          CREATE ROLE %s LOGIN;
        EXCEPTION WHEN duplicate_object THEN NULL;
        END $$\
        """
            .formatted(name));
    statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(name, password));
  }

  /** The database shop, its owner, and the user that reads its changes. */
  public static void prepareMariaDb(MariaDbServer server, Secrets secrets) {
    server.createDatabase("shop");
    try (Connection connection = server.connect("shop");
        Statement statement = connection.createStatement()) {
      user(statement, "shop", secrets.shop());
      user(statement, "cdc", secrets.capture());
      statement.execute("GRANT ALL PRIVILEGES ON shop.* TO 'shop'@'%'");
      statement.execute(
          "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, BINLOG MONITOR"
              + " ON *.* TO 'cdc'@'%'");
      ShopData.createUnlessThere(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare MariaDB: " + e.getMessage(), e);
    }
  }

  private static void user(Statement statement, String name, String password) throws SQLException {
    statement.execute("CREATE USER IF NOT EXISTS '%s'@'%%'".formatted(name));
    statement.execute("ALTER USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(name, password));
  }
}
