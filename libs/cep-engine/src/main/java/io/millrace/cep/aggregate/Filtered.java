package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** FILTER: only rows whose condition is TRUE. */
final class Filtered implements Accumulator {

  private final int condition;
  private final Accumulator inner;

  Filtered(int condition, Accumulator inner) {
    this.condition = condition;
    this.inner = inner;
  }

  @Override
  public void add(Object[] row) {
    if (row[condition] instanceof Boolean b && b) {
      inner.add(row);
    }
  }

  @Override
  public void retract(Object[] row) {
    if (row[condition] instanceof Boolean b && b) {
      inner.retract(row);
    }
  }

  @Override
  public void merge(Accumulator other) {
    inner.merge(((Filtered) other).inner);
  }

  @Override
  public Object result() {
    return inner.result();
  }

  @Override
  public long heap() {
    return 24 + inner.heap();
  }

  @Override
  public void save(StateWriter out) {
    inner.save(out);
  }

  @Override
  public void restore(StateReader in) {
    inner.restore(in);
  }
}
