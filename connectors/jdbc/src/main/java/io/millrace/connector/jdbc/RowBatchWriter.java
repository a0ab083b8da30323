package io.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One execution a row, sent as JDBC batches. */
final class RowBatchWriter implements BatchWriter {

  private final Dialect dialect;
  private final String sql;
  private final Layout.Binding[] parameters;

  RowBatchWriter(Dialect dialect, String sql, List<Layout.Binding> parameters) {
    this.dialect = dialect;
    this.sql = sql;
    this.parameters = parameters.toArray(Layout.Binding[]::new);
  }

  @Override
  public void write(Connection connection, List<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        for (int i = 0; i < parameters.length; i++) {
          Layout.Binding parameter = parameters[i];
          dialect.bind(statement, i + 1, parameter.type(), row[parameter.source()]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
