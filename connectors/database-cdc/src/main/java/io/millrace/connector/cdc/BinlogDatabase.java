package io.millrace.connector.cdc;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import io.millrace.connector.TableDefinition;
import io.millrace.connector.option.OptionValues;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.connect.errors.ConnectException;

/** MariaDB and MySQL, over MariaDB's driver, which speaks to both. */
enum BinlogDatabase implements Database {
  MARIADB,
  MYSQL;

  private static final long PATIENCE_SECONDS = 30;
  static final String SYSTEM = "'mysql','sys','information_schema','performance_schema'";

  @Override
  public Connection connect(OptionValues options) throws SQLException {
    String url =
        "jdbc:mariadb://%s:%d/".formatted(options.string("hostname"), options.integer("port"));
    Properties properties = new Properties();
    properties.setProperty("user", options.string("username"));
    properties.setProperty("password", options.string("password"));
    properties.setProperty("connectTimeout", "10000");
    options.text("ssl_mode").ifPresent(mode -> properties.setProperty("sslMode", sslMode(mode)));
    // A local check need not leave an open connection in a pool of its own.
    return DriverManager.getConnection(url, properties);
  }

  private static String sslMode(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "disabled" -> "disable";
      case "preferred", "required" -> "trust";
      case "verify_ca" -> "verify-ca";
      default -> "verify-full";
    };
  }

  @Override
  public List<String> tableNames(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_schema, table_name FROM information_schema.tables"
                    + " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ("
                    + SYSTEM
                    + ") ORDER BY 1, 2")) {
      while (rows.next()) {
        names.add(rows.getString(1) + "." + rows.getString(2));
      }
    }
    return names;
  }

  @Override
  public List<TableDefinition> describe(Connection connection, List<String> tables)
      throws SQLException {
    List<TableDefinition> definitions = new ArrayList<>();
    for (String table : tables) {
      definitions.add(BinlogColumns.describe(connection, table));
    }
    return definitions;
  }

  @Override
  public List<Problem> check(Connection connection, OptionValues options, List<String> tables)
      throws SQLException {
    return new BinlogCheck(connection, options, tables).problems();
  }

  @Override
  public Problem refusal(OptionValues options, SQLException failure) {
    return Refusals.explain(
        this == MARIADB ? "MariaDB" : "MySQL",
        options,
        failure,
        failure.getErrorCode() == 1045 || failure.getErrorCode() == 1698);
  }

  @Override
  public Map<String, String> debezium(CdcSettings settings, List<String> tables) {
    OptionValues options = settings.options();
    Map<String, String> config = new HashMap<>();
    config.put("database.hostname", options.string("hostname"));
    config.put("database.port", Integer.toString(options.integer("port")));
    config.put("database.user", options.string("username"));
    config.put("database.password", options.string("password"));
    config.put("database.server.id", Long.toString(settings.serverId()));
    options
        .text("ssl_mode")
        .ifPresent(mode ->
            config.put(
                "database.ssl.mode",
                this == MARIADB ? sslMode(mode) : mode.toLowerCase(Locale.ROOT)));
    List<String> databases = new TablePatterns(tables).containers();
    if (!databases.isEmpty()) {
      config.put("database.include.list", TablePatterns.includeList(databases));
    }
    config.put("table.include.list", TablePatterns.includeList(tables));
    config.put("bigint.unsigned.handling.mode", "precise");
    config.put("column.propagate.source.type", ".*");
    if (this == MARIADB) {
      config.put("converters", "uuid");
      config.put("uuid.type", "io.millrace.connector.cdc.plugin.MariaDbUuidConverter");
    }
    config.put("connect.keep.alive.interval.ms", "10000");
    history(settings, config);
    config.put("schema.history.internal.skip.unparseable.ddl", "true");
    return config;
  }

  /** The tables' structure at each place of the log, on a topic of the capture's own. */
  private static void history(CdcSettings settings, Map<String, String> config) {
    String prefix = "schema.history.internal.";
    config.put("schema.history.internal", "io.debezium.storage.kafka.history.KafkaSchemaHistory");
    config.put(prefix + "kafka.topic", historyTopic(settings));
    config.put(
        prefix + "kafka.bootstrap.servers",
        String.valueOf(settings.kafka().get("bootstrap.servers")));
    config.put(prefix + "kafka.recovery.poll.interval.ms", "1000");
    config.put(prefix + "kafka.recovery.attempts", "30");
    settings
        .kafka()
        .forEach((key, value) -> {
          if (!key.equals("bootstrap.servers")) {
            config.put(prefix + "producer." + key, String.valueOf(value));
            config.put(prefix + "consumer." + key, String.valueOf(value));
          }
        });
  }

  @Override
  public void prepareFirst(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException {
    List<String> refused = BinlogColumns.unsupported(connection, tables);
    if (!refused.isEmpty()) {
      throw new ConnectorException(
          "UNSUPPORTED_TYPE",
          "the columns %s are of types that cannot be captured; leave their tables out"
              .formatted(String.join(", ", refused)));
    }
  }

  @Override
  public void prepareResume(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException {
    prepareFirst(connection, settings, tables);
  }

  @Override
  public Map<String, String> debeziumForAdded(CdcSettings settings) {
    return Map.of(
        "schema.history.internal",
        "io.debezium.relational.history.MemorySchemaHistory",
        "database.server.id",
        Long.toString(settings.serverId() + 1));
  }

  @Override
  public void finishAdded(Connection connection, CdcSettings settings) {}

  /** The database keeps nothing for its readers; what there is is the history's topic. */
  @Override
  public void release(CdcSettings settings) {
    String topic = historyTopic(settings);
    try (Admin admin = Admin.create(settings.kafka())) {
      admin.deleteTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw new ConnectorException(
            "TOPIC_LEFT", "the topic %s could not be deleted; delete it".formatted(topic), e);
      }
    }
  }

  private static String historyTopic(CdcSettings settings) {
    return "millrace.history." + settings.identifier();
  }

  static ResultSet query(PreparedStatement statement, String... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement.executeQuery();
  }
}
