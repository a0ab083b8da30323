package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigDecimal;

/** Sum or average of DECIMAL, exact. */
final class DecimalSum extends Sum {

  private BigDecimal sum = BigDecimal.ZERO;

  DecimalSum(int column, SumKind kind, ResultType type) {
    super(column, kind, type);
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      sum = sum.add((BigDecimal) value);
      count++;
    }
  }

  @Override
  public void retract(Object[] row) {
    Object value = row[column];
    if (value != null) {
      sum = sum.subtract((BigDecimal) value);
      count--;
    }
  }

  @Override
  public void merge(Accumulator other) {
    DecimalSum later = (DecimalSum) other;
    sum = sum.add(later.sum);
    count += later.count;
  }

  @Override
  Object zero() {
    return type.of(BigDecimal.ZERO);
  }

  @Override
  public long heap() {
    return 80;
  }

  @Override
  Object total() {
    return type.of(sum);
  }

  @Override
  Object average() {
    return type.quotient(sum, count);
  }

  @Override
  void saveSum(StateWriter out) {
    out.writeValue(sum);
  }

  @Override
  void restoreSum(StateReader in) {
    sum = (BigDecimal) in.readValue();
  }
}
