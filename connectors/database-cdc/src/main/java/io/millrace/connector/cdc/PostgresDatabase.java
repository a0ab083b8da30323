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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** PostgreSQL. The slot and the publication are the guard's to keep, not Debezium's. */
record PostgresDatabase() implements Database {

  private static final long SLOT_PATIENCE = TimeUnit.SECONDS.toNanos(60);

  @Override
  public Connection connect(OptionValues options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", options.string("username"));
    properties.setProperty("password", options.string("password"));
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "millrace");
    options.text("ssl_mode").ifPresent(mode -> properties.setProperty("sslmode", mode));
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                options.string("hostname"), options.integer("port"), options.string("database")),
        properties);
  }

  @Override
  public List<String> tableNames(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid ="
                    + " c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND"
                    + " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT"
                    + " LIKE 'pg\\_%' ORDER BY 1, 2")) {
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
      definitions.add(PostgresColumns.describe(connection, table));
    }
    return definitions;
  }

  @Override
  public List<Problem> check(Connection connection, OptionValues options, List<String> tables)
      throws SQLException {
    return new PostgresCheck(connection, options, tables).problems();
  }

  @Override
  public Problem refusal(OptionValues options, SQLException failure) {
    String state = failure.getSQLState();
    if ("3D000".equals(state)) {
      return Problem.error(
          "UNKNOWN_DATABASE",
          "database",
          "there is no database '%s'".formatted(options.string("database")),
          "check the spelling; case matters");
    }
    return Refusals.explain(
        "PostgreSQL", options, failure, "28P01".equals(state) || "28000".equals(state));
  }

  @Override
  public Map<String, String> debezium(CdcSettings settings, List<String> tables) {
    OptionValues options = settings.options();
    Map<String, String> config = new HashMap<>();
    config.put("database.hostname", options.string("hostname"));
    config.put("database.port", Integer.toString(options.integer("port")));
    config.put("database.user", options.string("username"));
    config.put("database.password", options.string("password"));
    config.put("database.dbname", options.string("database"));
    options
        .text("ssl_mode")
        .ifPresent(mode -> config.put("database.sslmode", mode.toLowerCase(Locale.ROOT)));
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", slot(settings));
    config.put("publication.name", publication(settings));
    config.put("publication.autocreate.mode", "disabled");
    config.put("table.include.list", TablePatterns.includeList(tables));
    config.put("hstore.handling.mode", "json");
    config.put("interval.handling.mode", "string");
    config.put("include.unknown.datatypes", "true");
    config.put("status.update.interval.ms", "5000");
    return config;
  }

  /** A slot left by an attempt that was never kept knows a place that its rows do not belong to. */
  @Override
  public void prepareFirst(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException {
    dropSlot(connection, slot(settings));
    publish(connection, settings, tables);
  }

  @Override
  public void prepareResume(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException {
    publish(connection, settings, tables);
    awaitFree(connection, slot(settings));
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT coalesce(wal_status, '') FROM pg_replication_slots WHERE slot_name = ?");
        ResultSet rows = BinlogDatabase.query(statement, slot(settings))) {
      if (!rows.next()) {
        throw new ConnectorException(
            "SLOT_LOST",
            ("the replication slot %s is gone, and with it the changes since it was last read;"
                    + " drop the application and deploy it again to copy the tables anew")
                .formatted(slot(settings)));
      }
      if ("lost".equals(rows.getString(1))) {
        throw new ConnectorException(
            "SLOT_LOST",
            ("the server has discarded changes that the replication slot %s still needed"
                    + " (max_slot_wal_keep_size); drop the application and deploy it again to copy"
                    + " the tables anew")
                .formatted(slot(settings)));
      }
    }
  }

  /** A slot of its own gives the copy a place in the log that is exact. */
  @Override
  public Map<String, String> debeziumForAdded(CdcSettings settings) {
    return Map.of("slot.name", addedSlot(settings), "slot.drop.on.stop", "true");
  }

  @Override
  public void finishAdded(Connection connection, CdcSettings settings) throws SQLException {
    dropSlot(connection, addedSlot(settings));
  }

  /**
   * A slot that nobody reads makes the server keep its log for ever. A publication that the
   * statement names is somebody else's and stays.
   */
  @Override
  public void release(CdcSettings settings) throws SQLException {
    try (Connection connection = connect(settings.options())) {
      for (String slot : List.of(slot(settings), addedSlot(settings))) {
        try {
          dropSlot(connection, slot);
        } catch (SQLException e) {
          throw new ConnectorException(
              "SLOT_LEFT",
              ("the replication slot %s stays behind (%s) and fills the server's disk; run:"
                      + " SELECT pg_drop_replication_slot('%s')")
                  .formatted(slot, e.getMessage(), slot.replace("'", "''")),
              e);
        }
      }
      if (settings.options().text("publication").isEmpty()) {
        String drop = "DROP PUBLICATION IF EXISTS " + identifier(publication(settings));
        try (Statement statement = connection.createStatement()) {
          statement.execute(drop);
        } catch (SQLException e) {
          throw new ConnectorException(
              "PUBLICATION_LEFT",
              "the publication stays behind (%s); have its owner run: %s"
                  .formatted(e.getMessage(), drop),
              e);
        }
      }
    }
  }

  static String slot(CdcSettings settings) {
    return settings.options().text("slot").orElse(settings.identifier());
  }

  private static String addedSlot(CdcSettings settings) {
    String slot = slot(settings);
    return slot.substring(0, Math.min(slot.length(), 58)) + "_add";
  }

  private static String publication(CdcSettings settings) {
    return settings.options().text("publication").orElse(settings.identifier());
  }

  private static void publish(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException {
    String name = publication(settings);
    boolean exists;
    boolean all = false;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT puballtables FROM pg_publication WHERE pubname = ?");
        ResultSet rows = BinlogDatabase.query(statement, name)) {
      exists = rows.next();
      all = exists && rows.getBoolean(1);
    }
    if (all) {
      return;
    }
    Set<String> published = new TreeSet<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?");
        ResultSet rows = BinlogDatabase.query(statement, name)) {
      while (rows.next()) {
        published.add(rows.getString(1) + "." + rows.getString(2));
      }
    }
    if (exists && published.containsAll(tables)) {
      return;
    }
    published.addAll(tables);
    String list =
        published.stream().map(PostgresDatabase::quoted).collect(Collectors.joining(", "));
    String statement =
        exists
            ? "ALTER PUBLICATION %s SET TABLE %s".formatted(identifier(name), list)
            : "CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true)"
                .formatted(identifier(name), list);
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new ConnectorException(
          "NO_PUBLICATION",
          "the publication could not be made (%s); have the tables' owner run: %s"
              .formatted(e.getMessage(), statement),
          e);
    }
  }

  private static void dropSlot(Connection connection, String slot) throws SQLException {
    awaitFree(connection, slot);
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                    + " WHERE slot_name = ?");
        ResultSet rows = BinlogDatabase.query(statement, slot)) {
      rows.next();
    }
  }

  /** A reader that was killed holds its slot until the server notices. */
  private static void awaitFree(Connection connection, String slot) throws SQLException {
    long deadline = System.nanoTime() + SLOT_PATIENCE;
    while (isActive(connection, slot)) {
      if (System.nanoTime() > deadline) {
        throw new ConnectorException(
            "SLOT_IN_USE",
            "the replication slot %s is in use by another reader; give this source a slot of its own"
                .formatted(slot));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean isActive(Connection connection, String slot) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT active FROM pg_replication_slots WHERE slot_name = ?");
        ResultSet rows = BinlogDatabase.query(statement, slot)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  static String quoted(String table) {
    int dot = table.indexOf('.');
    return identifier(table.substring(0, dot)) + "." + identifier(table.substring(dot + 1));
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
