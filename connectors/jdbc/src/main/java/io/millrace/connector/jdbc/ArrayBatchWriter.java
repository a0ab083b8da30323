package io.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL: one statement a batch, whose parameters are one array a column. */
final class ArrayBatchWriter implements BatchWriter {

  private final String sql;
  private final Layout.Binding[] parameters;
  private final ArrayLiteral[] literals;

  private ArrayBatchWriter(String sql, List<Layout.Binding> parameters) {
    this.sql = sql;
    this.parameters = parameters.toArray(Layout.Binding[]::new);
    this.literals =
        parameters.stream().map(p -> ArrayLiteral.of(p.type())).toArray(ArrayLiteral[]::new);
  }

  static ArrayBatchWriter insert(PostgresDialect dialect, Layout layout, String suffix) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < layout.columns().size(); i++) {
      selected.add("c" + i + ArrayLiteral.assignmentCast(layout.columns().get(i)));
    }
    String sql =
        "INSERT INTO %s (%s) SELECT %s FROM %s%s"
            .formatted(
                dialect.quote(layout.table().id()),
                dialect.quoted(layout.columnNames()),
                String.join(", ", selected),
                arrays(layout.columns()),
                suffix);
    return new ArrayBatchWriter(sql, layout.columns());
  }

  static ArrayBatchWriter delete(PostgresDialect dialect, Layout layout) {
    String conditions =
        IntStream.range(0, layout.key().size())
            .mapToObj(i ->
                "t.%s = u.c%d%s"
                    .formatted(
                        dialect.quote(layout.keyNames().get(i)),
                        i,
                        ArrayLiteral.comparisonCast(layout.key().get(i))))
            .collect(Collectors.joining(" AND "));
    String sql =
        "DELETE FROM %s AS t USING %s WHERE %s"
            .formatted(dialect.quote(layout.table().id()), arrays(layout.key()), conditions);
    return new ArrayBatchWriter(sql, layout.key());
  }

  @Override
  public void write(Connection connection, List<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      StringBuilder text = new StringBuilder(rows.size() * 12);
      for (int i = 0; i < parameters.length; i++) {
        int source = parameters[i].source();
        ArrayLiteral literal = literals[i];
        text.setLength(0);
        text.append('{');
        for (Object[] row : rows) {
          Object value = row[source];
          if (value == null) {
            text.append("NULL");
          } else {
            literal.append(text, value);
          }
          text.append(',');
        }
        text.setCharAt(text.length() - 1, '}');
        statement.setObject(i + 1, text.toString(), Types.OTHER);
      }
      statement.executeUpdate();
    }
  }

  private static String arrays(List<Layout.Binding> parameters) {
    String arrays =
        parameters.stream()
            .map(p -> "?::" + ArrayLiteral.elementType(p.type()) + "[]")
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, parameters.size())
            .mapToObj(i -> "c" + i)
            .collect(Collectors.joining(", "));
    return "unnest(%s) AS u(%s)".formatted(arrays, names);
  }
}
