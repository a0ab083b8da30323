package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets rows leave functions that have no way to do that: keeps them and computes anew. */
final class Recomputed implements Accumulator {

  private final Columns columns;
  private final Supplier<Accumulator> function;
  private final Deque<Object[]> rows = new ArrayDeque<>();

  /** Of heap, for the rows. */
  private long bytes;

  /**
   * @param function over rows of just these columns
   */
  Recomputed(Columns columns, Supplier<Accumulator> function) {
    this.columns = columns;
    this.function = function;
  }

  @Override
  public void add(Object[] row) {
    keep(columns.of(row));
  }

  private void keep(Object[] row) {
    rows.addLast(row);
    bytes += HeapSize.SLOT + HeapSize.row(row);
  }

  @Override
  public void retract(Object[] row) {
    bytes -= HeapSize.SLOT + HeapSize.row(rows.removeFirst());
  }

  @Override
  public void merge(Accumulator other) {
    Recomputed later = (Recomputed) other;
    rows.addAll(later.rows);
    bytes += later.bytes;
  }

  @Override
  public Object result() {
    Accumulator all = function.get();
    for (Object[] row : rows) {
      all.add(row);
    }
    return all.result();
  }

  @Override
  public long heap() {
    return 112 + bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeInt(rows.size());
    for (Object[] row : rows) {
      out.writeValues(row);
    }
  }

  @Override
  public void restore(StateReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      keep(in.readValues());
    }
  }
}
