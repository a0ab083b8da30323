package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.ServiceLoader;

/** Opens connections with the drivers that lie beside the connector. */
final class JdbcConnections {

  private JdbcConnections() {}

  /** A connection with the dialect's settings, in auto-commit mode. */
  static Connection open(JdbcSinkConfig config, Dialect dialect) throws SQLException {
    Properties properties = new Properties();
    if (config.username() != null) {
      properties.put("user", config.username());
    }
    if (config.password() != null) {
      properties.put("password", config.password());
    }
    dialect.connectionProperties(properties);
    Connection connection = driver(config.url(), dialect).connect(config.url(), properties);
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.sessionSetup()) {
        statement.execute(sql);
      }
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Driver driver(String url, Dialect dialect) throws SQLException {
    ClassLoader loader = JdbcConnections.class.getClassLoader();
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (driver.acceptsURL(url)) {
        return driver;
      }
    }
    throw new ConnectorException(
        "NO_DRIVER",
        "no JDBC driver for %s: put the %s driver's jar into the folder of the jdbc connector"
            .formatted(url.replaceAll("[?;].*", ""), dialect.title()));
  }
}
