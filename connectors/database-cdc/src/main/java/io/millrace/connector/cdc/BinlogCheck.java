package io.millrace.connector.cdc;

import io.millrace.connector.Problem;
import io.millrace.connector.option.OptionValues;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a MariaDB or MySQL server with the eyes of a capture. */
final class BinlogCheck {

  private static final Pattern GRANT =
      Pattern.compile("GRANT (.+?) ON (\\S+?)\\.(\\S+) TO .*", Pattern.CASE_INSENSITIVE);

  private final Connection connection;
  private final OptionValues options;
  private final List<String> tables;
  private final List<Problem> problems = new ArrayList<>();

  BinlogCheck(Connection connection, OptionValues options, List<String> tables) {
    this.connection = connection;
    this.options = options;
    this.tables = tables;
  }

  List<Problem> problems() throws SQLException {
    Map<String, String> variables = variables();
    binlog(variables);
    grants(variables);
    for (String column : BinlogColumns.unsupported(connection, tables)) {
      problems.add(
          Problem.error(
              "UNSUPPORTED_TYPE",
              "tables",
              "the column %s is of a type that cannot be captured".formatted(column),
              "leave its table out, or keep the value in a column of type VARCHAR"));
    }
    return problems;
  }

  private void binlog(Map<String, String> variables) {
    if (!"ON".equals(variables.get("log_bin"))) {
      problems.add(
          Problem.error(
                  "BINLOG_OFF",
                  null,
                  "the server writes no binary log, which is where changes are read from",
                  "add these lines under [mysqld] to the server's configuration file and restart it")
              .withStatement(
                  "log-bin=binlog\nserver-id=1\nbinlog-format=ROW\nbinlog-row-image=FULL\n"
                      + "binlog-row-metadata=FULL"));
      return;
    }
    setting(variables, "binlog_format", "ROW", true, "it holds statements instead of changed rows");
    setting(variables, "binlog_row_image", "FULL", true, "changed rows lack columns");
    setting(variables, "binlog_row_metadata", "FULL", false, "it does not name the columns");
  }

  private void setting(
      Map<String, String> variables, String name, String wanted, boolean error, String why) {
    String value = variables.get(name);
    if (value == null || value.equalsIgnoreCase(wanted)) {
      return;
    }
    problems.add(
        new Problem(
            error ? Problem.Severity.ERROR : Problem.Severity.WARNING,
            name.toUpperCase(Locale.ROOT),
            null,
            "%s is %s: %s".formatted(name, value, why),
            "set it, also in the configuration file; sessions that are open keep the old value",
            "SET GLOBAL %s = '%s'".formatted(name, wanted)));
  }

  private void grants(Map<String, String> variables) throws SQLException {
    Map<String, Set<String>> granted = granted();
    Set<String> global = granted.getOrDefault("*", Set.of());
    if (has(global, "ALL PRIVILEGES")) {
      return;
    }
    boolean maria =
        variables.getOrDefault("version", "").toLowerCase(Locale.ROOT).contains("maria");
    List<String> missing = new ArrayList<>();
    if (!has(global, "REPLICATION SLAVE", "REPLICATION REPLICA")) {
      missing.add("REPLICATION SLAVE");
    }
    if (!has(global, "REPLICATION CLIENT", "BINLOG MONITOR", "SUPER")) {
      missing.add(maria ? "BINLOG MONITOR" : "REPLICATION CLIENT");
    }
    if (!missing.isEmpty()) {
      missing(String.join(", ", missing), "*.*", "read the binary log");
    }
    if (!options.string("snapshot").equalsIgnoreCase("initial")) {
      return;
    }
    if (!has(global, "RELOAD", "FLUSH_TABLES") && !has(global, "LOCK TABLES")) {
      missing("RELOAD", "*.*", "hold the tables still for the moment in which the copy begins");
    }
    if (!has(global, "SELECT")) {
      for (String database : databases()) {
        if (!has(
            granted.getOrDefault(database.toLowerCase(Locale.ROOT), Set.of()),
            "SELECT",
            "ALL PRIVILEGES")) {
          unreadable(database, granted);
        }
      }
    }
  }

  private void unreadable(String database, Map<String, Set<String>> granted) {
    for (String table : tables) {
      if (table.substring(0, table.indexOf('.')).equals(database)
          && !has(
              granted.getOrDefault(table.toLowerCase(Locale.ROOT), Set.of()),
              "SELECT",
              "ALL PRIVILEGES")) {
        missing("SELECT", "`" + database + "`.*", "read the tables of " + database);
        return;
      }
    }
  }

  private Set<String> databases() {
    Set<String> databases = new TreeSet<>();
    tables.forEach(t -> databases.add(t.substring(0, t.indexOf('.'))));
    return databases;
  }

  private void missing(String privileges, String on, String purpose) {
    String user = options.string("username");
    problems.add(
        Problem.error(
                "MISSING_GRANT",
                "username",
                "the user '%s' lacks %s on %s, needed to %s"
                    .formatted(user, privileges, on, purpose),
                "have an administrator run the statement")
            .withStatement("GRANT %s ON %s TO '%s'@'%%'".formatted(privileges, on, user)));
  }

  private static boolean has(Set<String> granted, String... anyOf) {
    for (String privilege : anyOf) {
      if (granted.contains(privilege)) {
        return true;
      }
    }
    return false;
  }

  /** Privileges by what they are on: * for everything, a database, or database.table. */
  private Map<String, Set<String>> granted() throws SQLException {
    Map<String, Set<String>> granted = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        Matcher grant = GRANT.matcher(rows.getString(1));
        if (!grant.matches()) {
          continue;
        }
        String database = unquoted(grant.group(2));
        String table = unquoted(grant.group(3));
        String on =
            database.equals("*") ? "*" : table.equals("*") ? database : database + "." + table;
        Set<String> privileges = granted.computeIfAbsent(on, k -> new TreeSet<>());
        for (String privilege : grant.group(1).split(",")) {
          privileges.add(privilege.strip().toUpperCase(Locale.ROOT));
        }
      }
    }
    return granted;
  }

  private static String unquoted(String name) {
    return name.replace("`", "").replace("\\_", "_").toLowerCase(Locale.ROOT);
  }

  private Map<String, String> variables() throws SQLException {
    Map<String, String> variables = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format',"
                    + " 'binlog_row_image', 'binlog_row_metadata', 'version')")) {
      while (rows.next()) {
        variables.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
      }
    }
    return variables;
  }
}
