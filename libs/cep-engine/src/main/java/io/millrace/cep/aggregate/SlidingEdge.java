package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** FIRST_VALUE or LAST_VALUE for rows that leave again, NULLs aside. */
final class SlidingEdge implements Accumulator {

  private final int column;
  private final boolean last;
  private final Deque<Object> values = new ArrayDeque<>();

  SlidingEdge(int column, boolean last) {
    this.column = column;
    this.last = last;
  }

  @Override
  public void add(Object[] row) {
    if (row[column] != null) {
      values.addLast(row[column]);
    }
  }

  @Override
  public void retract(Object[] row) {
    if (row[column] != null) {
      values.removeFirst();
    }
  }

  @Override
  public void merge(Accumulator other) {
    values.addAll(((SlidingEdge) other).values);
  }

  @Override
  public Object result() {
    return last ? values.peekLast() : values.peekFirst();
  }

  @Override
  public long heap() {
    return 112 + HeapSize.SLOT * values.size();
  }

  @Override
  public void save(StateWriter out) {
    out.writeValues(values.toArray());
  }

  @Override
  public void restore(StateReader in) {
    for (Object value : in.readValues()) {
      values.addLast(value);
    }
  }
}
