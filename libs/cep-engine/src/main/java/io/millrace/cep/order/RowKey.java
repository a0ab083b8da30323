package io.millrace.cep.order;

import io.millrace.cep.heap.HeapSize;
import java.util.Arrays;
import java.util.List;

/**
 * The values of some columns, as what a map is keyed by: equal when all values are. NULL equals
 * NULL, as in PARTITION BY.
 */
public abstract sealed class RowKey {

  private static final long HEAP = 24;

  private final int hash;

  private RowKey(int hash) {
    this.hash = hash ^ (hash >>> 16);
  }

  /** How many bytes of heap it takes with its values. */
  public final long heap() {
    return this instanceof One one ? HEAP + HeapSize.of(one.value) : HEAP + HeapSize.row(values());
  }

  /** The values, in the order of the columns. */
  public abstract Object[] values();

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  public abstract boolean equals(Object other);

  /** Of which columns keys are made. Immutable. */
  public static final class Columns {
    private final int[] columns;

    public Columns(List<Integer> columns) {
      this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The key of a row. */
    public RowKey of(Object[] row) {
      if (columns.length == 1) {
        return one(row[columns[0]]);
      }
      Object[] values = new Object[columns.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = row[columns[i]];
      }
      return new Several(values);
    }

    /** The key of such values. */
    public RowKey ofValues(Object[] values) {
      return values.length == 1 ? one(values[0]) : new Several(values);
    }

    private static RowKey one(Object value) {
      return value instanceof byte[] || value instanceof Object[]
          ? new Several(new Object[] {value})
          : new One(value);
    }
  }

  private static final class One extends RowKey {
    private final Object value;

    One(Object value) {
      super(value == null ? 0 : value.hashCode());
      this.value = value;
    }

    @Override
    public Object[] values() {
      return new Object[] {value};
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof One key
          && (value == null ? key.value == null : value.equals(key.value));
    }
  }

  private static final class Several extends RowKey {
    private final Object[] values;

    Several(Object[] values) {
      super(Arrays.deepHashCode(values));
      this.values = values;
    }

    @Override
    public Object[] values() {
      return values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Several key && Arrays.deepEquals(values, key.values);
    }
  }
}
