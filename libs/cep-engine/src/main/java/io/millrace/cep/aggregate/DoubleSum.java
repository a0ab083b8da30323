package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * Sum or average of FLOAT or DOUBLE for rows that stay. Compensated: A. Neumaier, "Rundungsfehler
 * analyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
final class DoubleSum implements Accumulator {

  private final int column;
  private final SumKind kind;
  private final ResultType type;
  private double sum;
  private double compensation;
  private long count;

  DoubleSum(int column, SumKind kind, ResultType type) {
    this.column = column;
    this.kind = kind;
    this.type = type;
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      plus(((Number) value).doubleValue());
      count++;
    }
  }

  private void plus(double value) {
    double next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    DoubleSum later = (DoubleSum) other;
    plus(later.sum);
    compensation += later.compensation;
    count += later.count;
  }

  @Override
  public Object result() {
    if (count == 0) {
      return kind == SumKind.SUM_OR_ZERO ? type.of(0.0) : null;
    }
    // Once the sum is infinite or no number, the compensation is none either.
    double total = Double.isFinite(sum) ? sum + compensation : sum;
    return type.of(kind == SumKind.AVERAGE ? total / count : total);
  }

  @Override
  public long heap() {
    return 48;
  }

  @Override
  public void save(StateWriter out) {
    out.writeDouble(sum);
    out.writeDouble(compensation);
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    sum = in.readDouble();
    compensation = in.readDouble();
    count = in.readLong();
  }
}
