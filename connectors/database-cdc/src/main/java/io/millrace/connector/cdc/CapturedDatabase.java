package io.millrace.connector.cdc;

import io.millrace.connector.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/** The database of one capture, with a connection for each thing that is done in it. */
final class CapturedDatabase {

  private final Database database;
  private final CdcSettings settings;

  CapturedDatabase(Database database, CdcSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** Something that is done in the database. */
  interface Action {
    void run(Database database, Connection connection) throws SQLException;
  }

  /**
   * Connects and does something.
   *
   * @throws ConnectException if the database refuses; the message says what to do
   */
  void run(Action action) {
    try (Connection connection = database.connect(settings.options())) {
      action.run(database, connection);
    } catch (SQLException e) {
      throw new ConnectException(database.refusal(settings.options(), e).message(), e);
    }
  }

  /**
   * The tables that the settings' names and patterns mean.
   *
   * @throws ConnectorException if there is none, or one of the names has none
   */
  List<String> tables() {
    TablePatterns patterns = settings.tables();
    List<String> found = new ArrayList<>();
    run((db, connection) ->
        db.tableNames(connection).stream().filter(patterns::matches).forEach(found::add));
    for (String name : patterns.exact()) {
      if (found.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new ConnectorException(
            "UNKNOWN_TABLE", "there is no table %s in the database".formatted(name));
      }
    }
    if (found.isEmpty()) {
      throw new ConnectorException(
          "UNKNOWN_TABLE", "no table matches " + String.join(", ", patterns.all()));
    }
    return List.copyOf(found);
  }
}
