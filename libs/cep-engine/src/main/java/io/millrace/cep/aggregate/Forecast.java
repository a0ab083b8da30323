package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * What y is on the regression line where x is {@code at}: FORECAST(y, x, at). {@code at} is taken
 * from the last row, whether it has a pair or not.
 */
final class Forecast implements Accumulator {

  private final int y;
  private final int x;
  private final int at;
  private final ResultType type;
  private final Pairs pairs;
  private Object last;
  private boolean any;

  Forecast(int y, int x, int at, ResultType type, Pairs pairs) {
    this.y = y;
    this.x = x;
    this.at = at;
    this.type = type;
    this.pairs = pairs;
  }

  @Override
  public void add(Object[] row) {
    any = true;
    last = row[at];
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
    Forecast later = (Forecast) other;
    pairs.merge(later.pairs);
    if (later.any) {
      last = later.last;
      any = true;
    }
  }

  @Override
  public Object result() {
    Double slope = PairKind.slope(pairs);
    if (slope == null || last == null) {
      return null;
    }
    double distance = ((Number) last).doubleValue() - pairs.meanX();
    return type.of(pairs.meanY() + slope * distance);
  }

  @Override
  public long heap() {
    return 64 + pairs.heap();
  }

  @Override
  public void save(StateWriter out) {
    out.writeBoolean(any);
    out.writeValue(last);
    pairs.save(out);
  }

  @Override
  public void restore(StateReader in) {
    any = in.readBoolean();
    last = in.readValue();
    pairs.restore(in);
  }
}
