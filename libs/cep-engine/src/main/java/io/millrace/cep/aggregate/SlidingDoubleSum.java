package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Sum or average of FLOAT or DOUBLE for rows that leave again, by an {@link ExactSum}. */
final class SlidingDoubleSum extends Sum {

  private final ExactSum sum = new ExactSum();

  SlidingDoubleSum(int column, SumKind kind, ResultType type) {
    super(column, kind, type);
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      sum.add(((Number) value).doubleValue());
      count++;
    }
  }

  @Override
  public void retract(Object[] row) {
    Object value = row[column];
    if (value != null) {
      sum.subtract(((Number) value).doubleValue());
      count--;
    }
  }

  @Override
  public void merge(Accumulator other) {
    SlidingDoubleSum later = (SlidingDoubleSum) other;
    sum.add(later.sum);
    count += later.count;
  }

  @Override
  Object zero() {
    return type.of(0.0);
  }

  @Override
  public long heap() {
    return 40 + ExactSum.HEAP;
  }

  @Override
  Object total() {
    return type.of(sum.value());
  }

  @Override
  Object average() {
    return type.of(sum.value() / count);
  }

  @Override
  void saveSum(StateWriter out) {
    sum.save(out);
  }

  @Override
  void restoreSum(StateReader in) {
    sum.restore(in);
  }
}
