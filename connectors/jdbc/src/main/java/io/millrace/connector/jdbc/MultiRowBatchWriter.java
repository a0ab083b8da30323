package io.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Many rows a statement: INSERT … VALUES (…), (…), … and what follows. */
final class MultiRowBatchWriter implements BatchWriter {

  private static final int MOST_ROWS = 500;
  private static final long MOST_BYTES = 1 << 20;

  private final Dialect dialect;
  private final String head;
  private final String tuple;
  private final String tail;
  private final Layout.Binding[] parameters;
  private final String full;

  /**
   * @param head up to and with VALUES
   * @param tail what follows the rows
   */
  MultiRowBatchWriter(Dialect dialect, String head, String tail, List<Layout.Binding> parameters) {
    this.dialect = dialect;
    this.head = head;
    this.tail = tail;
    this.parameters = parameters.toArray(Layout.Binding[]::new);
    this.tuple = "(" + Dialect.parameters(parameters.size()) + ")";
    this.full = sql(MOST_ROWS);
  }

  @Override
  public void write(Connection connection, List<Object[]> rows) throws SQLException {
    int from = 0;
    while (from < rows.size()) {
      int to = end(rows, from);
      String sql = to - from == MOST_ROWS ? full : sql(to - from);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        int index = 1;
        for (Object[] row : rows.subList(from, to)) {
          for (Layout.Binding parameter : parameters) {
            dialect.bind(statement, index++, parameter.type(), row[parameter.source()]);
          }
        }
        statement.executeUpdate();
      }
      from = to;
    }
  }

  /** A statement has to fit one packet of the server, so large values make it shorter. */
  private int end(List<Object[]> rows, int from) {
    long bytes = 0;
    int to = from;
    while (to < rows.size() && to - from < MOST_ROWS && bytes < MOST_BYTES) {
      for (Layout.Binding parameter : parameters) {
        bytes += size(rows.get(to)[parameter.source()]);
      }
      to++;
    }
    return to;
  }

  private static long size(Object value) {
    return switch (value) {
      case String text -> text.length() * 2L;
      case byte[] raw -> raw.length * 2L;
      case null, default -> 16;
    };
  }

  private String sql(int rows) {
    return head + String.join(", ", java.util.Collections.nCopies(rows, tuple)) + tail;
  }
}
