package io.millrace.connector.jdbc;

import java.util.Arrays;
import java.util.List;

/** The values that identify a row, comparable by value. */
record RowKey(Object[] values) {

  /**
   * The key of a row, or null when one of its columns is null. A plain value where that will do.
   */
  static Object of(Layout layout, Object[] row) {
    List<Layout.Binding> key = layout.key();
    if (key.size() == 1) {
      Object value = row[key.getFirst().source()];
      return value instanceof byte[] ? new RowKey(new Object[] {value}) : value;
    }
    Object[] values = new Object[key.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[key.get(i).source()];
      if (values[i] == null) {
        return null;
      }
    }
    return new RowKey(values);
  }

  /** All values of a row, for tables without a key. */
  static RowKey ofAll(Object[] row) {
    return new RowKey(row);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey key && Arrays.deepEquals(values, key.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }
}
