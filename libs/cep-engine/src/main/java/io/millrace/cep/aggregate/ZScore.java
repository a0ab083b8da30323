package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * How many standard deviations (of the population) the last row's value lies above the mean of all,
 * itself included. NULL when the last value is, or when all values are equal.
 */
final class ZScore implements Accumulator {

  private final int column;
  private final ResultType type;
  private final Spread spread;
  private Object last;
  private boolean any;

  ZScore(int column, ResultType type, Spread spread) {
    this.column = column;
    this.type = type;
    this.spread = spread;
  }

  @Override
  public void add(Object[] row) {
    any = true;
    last = row[column];
    if (last != null) {
      spread.add(((Number) last).doubleValue());
    }
  }

  @Override
  public void retract(Object[] row) {
    if (row[column] instanceof Number value) {
      spread.retract(value.doubleValue());
    }
  }

  @Override
  public void merge(Accumulator other) {
    ZScore later = (ZScore) other;
    spread.merge(later.spread);
    if (later.any) {
      last = later.last;
      any = true;
    }
  }

  @Override
  public Object result() {
    if (last == null || spread.count() == 0) {
      return null;
    }
    double squares = spread.squares();
    if (squares == 0) {
      return null;
    }
    double deviation = Math.sqrt(squares / spread.count());
    return type.of((((Number) last).doubleValue() - spread.mean()) / deviation);
  }

  @Override
  public long heap() {
    return 56 + spread.heap();
  }

  @Override
  public void save(StateWriter out) {
    out.writeBoolean(any);
    out.writeValue(last);
    spread.save(out);
  }

  @Override
  public void restore(StateReader in) {
    any = in.readBoolean();
    last = in.readValue();
    spread.restore(in);
  }
}
