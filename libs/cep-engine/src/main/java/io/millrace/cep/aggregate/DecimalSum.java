package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigDecimal;

/** Sum or average of DECIMAL, exact. */
final class DecimalSum implements Accumulator {

  private final int column;
  private final SumKind kind;
  private final ResultType type;
  private BigDecimal sum = BigDecimal.ZERO;
  private long count;

  DecimalSum(int column, SumKind kind, ResultType type) {
    this.column = column;
    this.kind = kind;
    this.type = type;
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
  public Object result() {
    if (count == 0) {
      return kind == SumKind.SUM_OR_ZERO ? type.of(BigDecimal.ZERO) : null;
    }
    return kind == SumKind.AVERAGE ? type.quotient(sum, count) : type.of(sum);
  }

  @Override
  public long heap() {
    return 80;
  }

  @Override
  public void save(StateWriter out) {
    out.writeValue(sum);
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    sum = (BigDecimal) in.readValue();
    count = in.readLong();
  }
}
