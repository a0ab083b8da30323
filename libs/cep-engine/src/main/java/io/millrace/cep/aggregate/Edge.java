package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** FIRST_VALUE or LAST_VALUE for rows that stay: by the order of arrival, NULLs aside. */
final class Edge implements Accumulator {

  private final int column;
  private final boolean last;
  private Object value;

  Edge(int column, boolean last) {
    this.column = column;
    this.last = last;
  }

  @Override
  public void add(Object[] row) {
    take(row[column]);
  }

  private void take(Object next) {
    if (next != null && (last || value == null)) {
      value = next;
    }
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    take(((Edge) other).value);
  }

  @Override
  public Object result() {
    return value;
  }

  @Override
  public long heap() {
    return 24 + Math.max(24, HeapSize.of(value));
  }

  @Override
  public void save(StateWriter out) {
    out.writeValue(value);
  }

  @Override
  public void restore(StateReader in) {
    value = in.readValue();
  }
}
