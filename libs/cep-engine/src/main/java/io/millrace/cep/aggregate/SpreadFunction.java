package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Variance and standard deviation. */
final class SpreadFunction implements Accumulator {

  /**
   * @param sample by the count less 1, else by the count
   * @param root the standard deviation, else the variance
   */
  record Kind(boolean sample, boolean root) {
    Double of(Spread spread) {
      long divisor = spread.count() - (sample ? 1 : 0);
      if (divisor <= 0) {
        return null;
      }
      double variance = spread.squares() / divisor;
      return root ? Math.sqrt(variance) : variance;
    }
  }

  private final int column;
  private final Kind kind;
  private final ResultType type;
  private final Spread spread;

  SpreadFunction(int column, Kind kind, ResultType type, Spread spread) {
    this.column = column;
    this.kind = kind;
    this.type = type;
    this.spread = spread;
  }

  @Override
  public void add(Object[] row) {
    if (row[column] instanceof Number value) {
      spread.add(value.doubleValue());
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
    spread.merge(((SpreadFunction) other).spread);
  }

  @Override
  public Object result() {
    Double value = kind.of(spread);
    return value == null ? null : type.of((double) value);
  }

  @Override
  public long heap() {
    return 32 + spread.heap();
  }

  @Override
  public void save(StateWriter out) {
    spread.save(out);
  }

  @Override
  public void restore(StateReader in) {
    spread.restore(in);
  }
}
