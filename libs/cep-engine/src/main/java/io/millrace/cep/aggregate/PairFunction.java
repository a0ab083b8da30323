package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** A {@link PairKind} of the rows in which neither value is NULL. */
final class PairFunction implements Accumulator {

  private final int y;
  private final int x;
  private final PairKind kind;
  private final ResultType type;
  private final Pairs pairs;

  PairFunction(int y, int x, PairKind kind, ResultType type, Pairs pairs) {
    this.y = y;
    this.x = x;
    this.kind = kind;
    this.type = type;
    this.pairs = pairs;
  }

  @Override
  public void add(Object[] row) {
    if (row[y] instanceof Number a && row[x] instanceof Number b) {
      pairs.add(a.doubleValue(), b.doubleValue());
    }
  }

  @Override
  public void retract(Object[] row) {
    if (row[y] instanceof Number a && row[x] instanceof Number b) {
      pairs.retract(a.doubleValue(), b.doubleValue());
    }
  }

  @Override
  public void merge(Accumulator other) {
    pairs.merge(((PairFunction) other).pairs);
  }

  @Override
  public Object result() {
    Double value = kind.of(pairs);
    return value == null ? null : type.of((double) value);
  }

  @Override
  public long heap() {
    return 32 + pairs.heap();
  }

  @Override
  public void save(StateWriter out) {
    pairs.save(out);
  }

  @Override
  public void restore(StateReader in) {
    pairs.restore(in);
  }
}
