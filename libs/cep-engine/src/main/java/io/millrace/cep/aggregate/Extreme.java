package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** MIN or MAX for rows that stay. Of equal values the first one. */
final class Extreme implements Accumulator {

  private final int column;
  private final int sign;
  private Object best;

  /**
   * @param sign 1 for MAX, -1 for MIN
   */
  Extreme(int column, int sign) {
    this.column = column;
    this.sign = sign;
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      take(value);
    }
  }

  private void take(Object value) {
    if (best == null || sign * Order.compare(value, best) > 0) {
      best = value;
    }
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    Object later = ((Extreme) other).best;
    if (later != null) {
      take(later);
    }
  }

  @Override
  public Object result() {
    return best;
  }

  @Override
  public long heap() {
    return 24 + Math.max(24, HeapSize.of(best));
  }

  @Override
  public void save(StateWriter out) {
    out.writeValue(best);
  }

  @Override
  public void restore(StateReader in) {
    best = in.readValue();
  }
}
