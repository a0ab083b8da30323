package io.millrace.cep.window;

import java.util.Arrays;

/** The values of the columns that sessions are kept by. */
final class SessionKey {

  private final int[] columns;
  final Object[] values;
  private int hash;

  /** One to look others up with. */
  SessionKey(int[] columns) {
    this(columns, new Object[columns.length]);
  }

  SessionKey(int[] columns, Object[] values) {
    this.columns = columns;
    this.values = values;
    this.hash = Arrays.deepHashCode(values);
  }

  /** Makes this the key of a row. */
  void turnTo(Object[] row) {
    for (int i = 0; i < columns.length; i++) {
      values[i] = row[columns[i]];
    }
    hash = Arrays.deepHashCode(values);
  }

  /** One that stays what it is. */
  SessionKey copy() {
    return new SessionKey(columns, values.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionKey key
        && hash == key.hash
        && Arrays.deepEquals(values, key.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
