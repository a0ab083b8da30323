package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigInteger;

/** Sum or average of INT or BIGINT, exact: the sum is {@code high} * 2^64 + {@code sum}. */
final class IntegerSum extends Sum {

  private long sum;
  private long high;

  IntegerSum(int column, SumKind kind, ResultType type) {
    super(column, kind, type);
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
  Object zero() {
    return type.of(0L);
  }

  @Override
  public long heap() {
    return 48;
  }

  @Override
  Object total() {
    return high == 0 ? type.of(sum) : type.of(whole());
  }

  @Override
  Object average() {
    return high == 0 ? type.quotient(sum, count) : type.quotient(whole(), count);
  }

  private BigInteger whole() {
    return BigInteger.valueOf(high).shiftLeft(64).add(BigInteger.valueOf(sum));
  }

  @Override
  void saveSum(StateWriter out) {
    out.writeLong(sum);
    out.writeLong(high);
  }

  @Override
  void restoreSum(StateReader in) {
    sum = in.readLong();
    high = in.readLong();
  }
}
