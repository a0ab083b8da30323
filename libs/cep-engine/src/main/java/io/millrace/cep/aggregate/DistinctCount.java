package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.HashSet;
import java.util.Set;

/** COUNT(DISTINCT …) for rows that stay: the values alone are kept, those with a NULL are not. */
final class DistinctCount implements Accumulator {

  private final int[] columns;
  private final Set<Object> seen = new HashSet<>();

  /** Of heap, for the values. */
  private long bytes;

  DistinctCount(int[] columns) {
    this.columns = columns;
  }

  @Override
  public void add(Object[] row) {
    if (columns.length == 1) {
      Object value = row[columns[0]];
      if (value != null) {
        see(value.getClass().isArray() ? key(new Object[] {value}) : value);
      }
      return;
    }
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[columns[i]];
      if (values[i] == null) {
        return;
      }
    }
    see(key(values));
  }

  private void see(Object key) {
    if (seen.add(key)) {
      bytes += HeapSize.MAP_ENTRY + ValueKey.heap(key);
    }
  }

  private static Object key(Object[] values) {
    return ValueKey.of(values, values.length);
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    ((DistinctCount) other).seen.forEach(this::see);
  }

  @Override
  public Object result() {
    return (long) seen.size();
  }

  @Override
  public long heap() {
    return 104 + bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeInt(seen.size());
    for (Object key : seen) {
      if (key instanceof ValueKey several) {
        out.writeValues(several.values);
      } else {
        out.writeValues(new Object[] {key});
      }
    }
  }

  @Override
  public void restore(StateReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      see(key(in.readValues()));
    }
  }
}
