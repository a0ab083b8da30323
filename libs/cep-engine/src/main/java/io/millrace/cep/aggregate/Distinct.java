package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * DISTINCT: hands on rows of the needed columns alone, the first one of equal arguments. Rows can
 * leave when the inner accumulator does not mind in which order they do.
 */
final class Distinct implements Accumulator {

  private static final class Seen {
    final Object[] values;
    long times;

    Seen(Object[] values) {
      this.values = values;
    }
  }

  private final Columns columns;
  private final Accumulator inner;
  private final Map<Object, Seen> seen = new LinkedHashMap<>();

  /** Of heap, for what was seen. */
  private long bytes;

  Distinct(Columns columns, Accumulator inner) {
    this.columns = columns;
    this.inner = inner;
  }

  @Override
  public void add(Object[] row) {
    add(columns.of(row), 1);
  }

  private void add(Object[] values, long times) {
    Seen known = seen.computeIfAbsent(columns.key(values), key -> new Seen(values));
    if (known.times == 0) {
      bytes += heap(values);
      inner.add(values);
    }
    known.times += times;
  }

  /** Of values that are seen, and their keys. */
  private static long heap(Object[] values) {
    return HeapSize.LINKED_MAP_ENTRY + 48 + HeapSize.row(values);
  }

  @Override
  public void retract(Object[] row) {
    Object[] values = columns.of(row);
    Object key = columns.key(values);
    Seen known = seen.get(key);
    known.times--;
    if (known.times == 0) {
      seen.remove(key);
      bytes -= heap(known.values);
      inner.retract(known.values);
    }
  }

  @Override
  public void merge(Accumulator other) {
    for (Seen later : ((Distinct) other).seen.values()) {
      add(later.values, later.times);
    }
  }

  @Override
  public Object result() {
    return inner.result();
  }

  @Override
  public long heap() {
    return 104 + bytes + inner.heap();
  }

  @Override
  public void save(StateWriter out) {
    out.writeInt(seen.size());
    for (Seen known : seen.values()) {
      out.writeValues(known.values);
      out.writeLong(known.times);
    }
  }

  @Override
  public void restore(StateReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Object[] values = in.readValues();
      add(values, in.readLong());
    }
  }
}
