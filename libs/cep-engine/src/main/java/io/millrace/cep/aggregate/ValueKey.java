package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import java.util.Arrays;

/** Several values, or one that arrays are part of, equal when all of them are. */
final class ValueKey {

  final Object[] values;
  private final int hash;

  private ValueKey(Object[] values) {
    this.values = values;
    this.hash = Arrays.deepHashCode(values);
  }

  /** A key for some values of a row: the value itself where that will do. */
  static Object of(Object[] values, int length) {
    return length == 1 && values[0] != null && !values[0].getClass().isArray()
        ? values[0]
        : new ValueKey(values.length == length ? values : Arrays.copyOf(values, length));
  }

  /** How many bytes of heap such a key takes. */
  static long heap(Object key) {
    return key instanceof ValueKey several ? 24 + HeapSize.row(several.values) : HeapSize.of(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueKey key
        && hash == key.hash
        && Arrays.deepEquals(values, key.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
