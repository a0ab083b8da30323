package io.millrace.connector.cdc;

import io.millrace.connector.Problem;
import io.millrace.connector.option.OptionValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at a PostgreSQL server with the eyes of a capture. */
final class PostgresCheck {

  private static final Map<String, String> IDENTITIES =
      Map.of("d", "DEFAULT", "n", "NOTHING", "i", "USING INDEX");

  private final Connection connection;
  private final OptionValues options;
  private final List<String> tables;
  private final List<Problem> problems = new ArrayList<>();

  PostgresCheck(Connection connection, OptionValues options, List<String> tables) {
    this.connection = connection;
    this.options = options;
    this.tables = tables;
  }

  List<Problem> problems() throws SQLException {
    log();
    user();
    slots();
    for (String table : tables) {
      table(table);
    }
    publication();
    return problems;
  }

  private void log() throws SQLException {
    String level = ask("SHOW wal_level");
    if (!"logical".equals(level)) {
      problems.add(
          Problem.error(
                  "WAL_LEVEL",
                  null,
                  "wal_level is %s: the log does not say which rows changed".formatted(level),
                  "have an administrator run the statement, then restart the server")
              .withStatement("ALTER SYSTEM SET wal_level = 'logical'"));
    }
  }

  private void user() throws SQLException {
    boolean allowed =
        isTrue("SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user");
    boolean cloud =
        isTrue(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname IN ('rds_replication',"
                + " 'cloudsqlreplica') AND pg_has_role(current_user, oid, 'member'))");
    if (!allowed && !cloud) {
      String user = PostgresDatabase.identifier(options.string("username"));
      problems.add(
          Problem.error(
                  "NO_REPLICATION",
                  "username",
                  "the user %s may not read the log".formatted(user),
                  "have an administrator run the statement")
              .withStatement("ALTER ROLE %s WITH REPLICATION".formatted(user)));
    }
  }

  private void slots() throws SQLException {
    String free =
        ask(
            "SELECT current_setting('max_replication_slots')::int - count(*) FROM"
                + " pg_replication_slots");
    if (Integer.parseInt(free) <= 0 && !ownSlotExists()) {
      String max = ask("SHOW max_replication_slots");
      problems.add(
          Problem.error(
                  "NO_FREE_SLOT",
                  null,
                  "all %s replication slots of the server are taken".formatted(max),
                  "raise their number and restart the server, or drop a slot that nobody reads:"
                      + " SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                      + " WHERE NOT active AND slot_name = '...'")
              .withStatement(
                  "ALTER SYSTEM SET max_replication_slots = " + (Integer.parseInt(max) + 10)));
    }
  }

  private boolean ownSlotExists() throws SQLException {
    if (options.text("slot").isEmpty()) {
      return false;
    }
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT 1 FROM pg_replication_slots WHERE slot_name = ?");
        ResultSet rows = BinlogDatabase.query(statement, options.string("slot"))) {
      return rows.next();
    }
  }

  private void table(String table) throws SQLException {
    String name = PostgresDatabase.quoted(table);
    String schema = PostgresDatabase.identifier(table.substring(0, table.indexOf('.')));
    String user = PostgresDatabase.identifier(options.string("username"));
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT c.relreplident, has_table_privilege(c.oid, 'SELECT'),"
                    + " has_schema_privilege(c.relnamespace, 'USAGE') FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE n.nspname = ? AND c.relname = ?");
        ResultSet rows =
            BinlogDatabase.query(
                statement,
                table.substring(0, table.indexOf('.')),
                table.substring(table.indexOf('.') + 1))) {
      if (!rows.next()) {
        return;
      }
      String identity = rows.getString(1);
      if (!identity.equals("f")) {
        problems.add(
            new Problem(
                Problem.Severity.WARNING,
                "REPLICA_IDENTITY",
                "tables",
                "table %s has REPLICA IDENTITY %s: updates and deletes come without the row as it was before"
                    .formatted(table, IDENTITIES.get(identity)),
                "have the table's owner run the statement",
                "ALTER TABLE %s REPLICA IDENTITY FULL".formatted(name)));
      }
      if (!rows.getBoolean(3)) {
        missing("USAGE", "SCHEMA " + schema, user);
      }
      if (!rows.getBoolean(2)) {
        missing("SELECT", name, user);
      }
    }
  }

  private void missing(String privilege, String on, String user) {
    problems.add(
        Problem.error(
                "MISSING_GRANT",
                "username",
                "the user %s lacks %s on %s, needed to copy the rows"
                    .formatted(user, privilege, on),
                "have an administrator run the statement")
            .withStatement("GRANT %s ON %s TO %s".formatted(privilege, on, user)));
  }

  private void publication() throws SQLException {
    String given = options.text("publication").orElse(null);
    if (given != null) {
      try (PreparedStatement statement =
              connection.prepareStatement("SELECT 1 FROM pg_publication WHERE pubname = ?");
          ResultSet rows = BinlogDatabase.query(statement, given)) {
        if (rows.next()) {
          return;
        }
      }
    }
    boolean may =
        isTrue(
            "SELECT rolsuper OR has_database_privilege(current_database(), 'CREATE')"
                + " FROM pg_roles WHERE rolname = current_user");
    List<String> foreign = new ArrayList<>();
    for (String table : tables) {
      try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c"
                      + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                      + " WHERE n.nspname = ? AND c.relname = ?");
          ResultSet rows =
              BinlogDatabase.query(
                  statement,
                  table.substring(0, table.indexOf('.')),
                  table.substring(table.indexOf('.') + 1))) {
        if (rows.next() && !rows.getBoolean(1)) {
          foreign.add(table);
        }
      }
    }
    if (may && foreign.isEmpty()) {
      return;
    }
    String name = given == null ? "millrace" : given;
    String list = tables.stream().map(PostgresDatabase::quoted).collect(Collectors.joining(", "));
    problems.add(
        Problem.error(
                "NO_PUBLICATION",
                "publication",
                "the user '%s' may not publish %s"
                    .formatted(
                        options.string("username"),
                        foreign.isEmpty() ? "tables of this database" : String.join(", ", foreign)),
                "have the tables' owner or an administrator run the statement, and give"
                    + " publication = '%s'".formatted(name))
            .withStatement(
                "CREATE PUBLICATION %s FOR TABLE %s"
                    .formatted(PostgresDatabase.identifier(name), list)));
  }

  private boolean isTrue(String sql) throws SQLException {
    return "t".equals(ask(sql));
  }

  private String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
