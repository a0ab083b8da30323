package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigInteger;

/** Sum or average of INT or BIGINT, exact: the sum is {@code high} * 2^64 + {@code sum}. */
final class IntegerSum implements Accumulator {

  private final int column;
  private final SumKind kind;
  private final ResultType type;
  private long sum;
  private long high;
  private long count;

  IntegerSum(int column, SumKind kind, ResultType type) {
    this.column = column;
    this.kind = kind;
    this.type = type;
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      plus(((Number) value).longValue());
      count++;
    }
  }

  @Override
  public void retract(Object[] row) {
    Object value = row[column];
    if (value != null) {
      minus(((Number) value).longValue());
      count--;
    }
  }

  private void plus(long value) {
    long next = sum + value;
    if (((sum ^ next) & (value ^ next)) < 0) {
      high += value < 0 ? -1 : 1;
    }
    sum = next;
  }

  private void minus(long value) {
    long next = sum - value;
    if (((sum ^ value) & (sum ^ next)) < 0) {
      high += value < 0 ? 1 : -1;
    }
    sum = next;
  }

  @Override
  public void merge(Accumulator other) {
    IntegerSum later = (IntegerSum) other;
    plus(later.sum);
    high += later.high;
    count += later.count;
  }

  @Override
  public Object result() {
    if (count == 0) {
      return kind == SumKind.SUM_OR_ZERO ? type.of(0L) : null;
    }
    if (high == 0) {
      return kind == SumKind.AVERAGE ? type.quotient(sum, count) : type.of(sum);
    }
    BigInteger whole = BigInteger.valueOf(high).shiftLeft(64).add(BigInteger.valueOf(sum));
    return kind == SumKind.AVERAGE ? type.quotient(whole, count) : type.of(whole);
  }

  @Override
  public long heap() {
    return 48;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(sum);
    out.writeLong(high);
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    sum = in.readLong();
    high = in.readLong();
    count = in.readLong();
  }
}
