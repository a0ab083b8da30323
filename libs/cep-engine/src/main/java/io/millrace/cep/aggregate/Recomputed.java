package io.millrace.cep.aggregate;

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

  /**
   * @param function over rows of just these columns
   */
  Recomputed(Columns columns, Supplier<Accumulator> function) {
    this.columns = columns;
    this.function = function;
  }

  @Override
  public void add(Object[] row) {
    rows.addLast(columns.of(row));
  }

  @Override
  public void retract(Object[] row) {
    rows.removeFirst();
  }

  @Override
  public void merge(Accumulator other) {
    rows.addAll(((Recomputed) other).rows);
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
      rows.addLast(in.readValues());
    }
  }
}
