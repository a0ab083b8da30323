package io.millrace.connector.jdbc;

import io.millrace.schemas.type.DataType;
import java.util.List;

/**
 * How rows of one schema go into one table.
 *
 * @param columns those that are written
 * @param key those that identify a row; empty when rows are only appended
 */
record Layout(TargetTable table, List<Binding> columns, List<Binding> key) {

  /**
   * One column of the target and where its value stands in the row.
   *
   * @param source position in the row
   */
  record Binding(int source, DataType type, TargetColumn target) {}

  List<String> columnNames() {
    return columns.stream().map(b -> b.target().name()).toList();
  }

  List<String> keyNames() {
    return key.stream().map(b -> b.target().name()).toList();
  }
}
