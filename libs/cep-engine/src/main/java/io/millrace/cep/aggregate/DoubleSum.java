package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * Sum or average of FLOAT or DOUBLE for rows that stay. Compensated: A. Neumaier, "Rundungsfehler
 * analyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
final class DoubleSum extends Sum {

  private double sum;
  private double compensation;

  DoubleSum(int column, SumKind kind, ResultType type) {
    super(column, kind, type);
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
  Object zero() {
    return type.of(0.0);
  }

  @Override
  public long heap() {
    return 48;
  }

  @Override
  Object total() {
    return type.of(value());
  }

  @Override
  Object average() {
    return type.of(value() / count);
  }

  private double value() {
    // Once the sum is infinite or no number, the compensation is none either.
    return Double.isFinite(sum) ? sum + compensation : sum;
  }

  @Override
  void saveSum(StateWriter out) {
    out.writeDouble(sum);
    out.writeDouble(compensation);
  }

  @Override
  void restoreSum(StateReader in) {
    sum = in.readDouble();
    compensation = in.readDouble();
  }
}
