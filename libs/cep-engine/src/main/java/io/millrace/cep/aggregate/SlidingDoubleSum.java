package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Sum or average of FLOAT or DOUBLE for rows that leave again, by an {@link ExactSum}. */
final class SlidingDoubleSum implements Accumulator {

  private final int column;
  private final SumKind kind;
  private final ResultType type;
  private final ExactSum sum = new ExactSum();
  private long count;

  SlidingDoubleSum(int column, SumKind kind, ResultType type) {
    this.column = column;
    this.kind = kind;
    this.type = type;
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
  public Object result() {
    if (count == 0) {
      return kind == SumKind.SUM_OR_ZERO ? type.of(0.0) : null;
    }
    return type.of(kind == SumKind.AVERAGE ? sum.value() / count : sum.value());
  }

  @Override
  public long heap() {
    return 40 + ExactSum.HEAP;
  }

  @Override
  public void save(StateWriter out) {
    sum.save(out);
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    sum.restore(in);
    count = in.readLong();
  }
}
