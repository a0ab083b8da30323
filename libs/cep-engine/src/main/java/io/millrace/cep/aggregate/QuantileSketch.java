package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/**
 * APPROX_PERCENTILE(x, fraction), off by 1 % of the exact value at most. C. Masson, J. E. Rim and
 * H. K. Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error Guarantees",
 * PVLDB 12 (2019): counts of values by the logarithm of their size, so rows can leave again. Exact
 * up to {@value #FEW} values, unless rows are to leave.
 */
final class QuantileSketch implements Accumulator {

  private static final int FEW = 128;
  private static final double ERROR = 0.01;
  private static final double GAMMA = (1 + ERROR) / (1 - ERROR);
  private static final double LOG_GAMMA = StrictMath.log(GAMMA);

  /** Smaller values count as 0. */
  private static final double SMALLEST = 1e-300;

  private final int column;
  private final int fractionColumn;
  private final ResultType type;
  private final Buckets positive = new Buckets();
  private final Buckets negative = new Buckets();
  private long zeros;
  private long count;
  private double fraction;

  /** All values, as long as they are few; else null. */
  private double[] few;

  /**
   * @param leave whether rows are to leave
   */
  QuantileSketch(int column, int fractionColumn, ResultType type, boolean leave) {
    this.few = leave ? null : new double[4];
    this.column = column;
    this.fractionColumn = fractionColumn;
    this.type = type;
  }

  @Override
  public void add(Object[] row) {
    if (row[column] instanceof Number value) {
      fraction = Fraction.of(row[fractionColumn]);
      count(value.doubleValue(), 1);
    }
  }

  @Override
  public void retract(Object[] row) {
    if (row[column] instanceof Number value) {
      count(value.doubleValue(), -1);
    }
  }

  private void count(double value, int times) {
    if (Double.isNaN(value)) {
      return;
    }
    if (few != null) {
      if (count < FEW) {
        few = count == few.length ? Arrays.copyOf(few, 2 * few.length) : few;
        few[(int) count++] = value;
        return;
      }
      forgetFew();
    }
    put(value, times);
  }

  private void forgetFew() {
    double[] values = few;
    int size = (int) count;
    few = null;
    count = 0;
    for (int i = 0; i < size; i++) {
      put(values[i], 1);
    }
  }

  private void put(double value, int times) {
    double size = Math.abs(value);
    if (size < SMALLEST) {
      zeros += times;
    } else {
      (value > 0 ? positive : negative).add(bucket(Math.min(size, Double.MAX_VALUE)), times);
    }
    count += times;
  }

  /** The logarithm is that of StrictMath: the same in every process. */
  private static int bucket(double size) {
    return (int) Math.ceil(StrictMath.log(size) / LOG_GAMMA);
  }

  private static double middle(int bucket) {
    return 2 * StrictMath.exp(bucket * LOG_GAMMA) / (GAMMA + 1);
  }

  @Override
  public void merge(Accumulator other) {
    QuantileSketch later = (QuantileSketch) other;
    if (later.count > 0) {
      if (later.few != null) {
        for (int i = 0; i < later.count; i++) {
          count(later.few[i], 1);
        }
        fraction = later.fraction;
        return;
      }
      if (few != null) {
        forgetFew();
      }
      positive.merge(later.positive);
      negative.merge(later.negative);
      zeros += later.zeros;
      count += later.count;
      fraction = later.fraction;
    }
  }

  @Override
  public Object result() {
    return count == 0 ? null : type.of(value());
  }

  private double value() {
    long rank = (long) (fraction * (count - 1));
    if (few != null) {
      double[] sorted = Arrays.copyOf(few, (int) count);
      Arrays.sort(sorted);
      return sorted[(int) rank];
    }
    long passed = 0;
    for (int i = negative.lowest() + negative.size() - 1; i >= negative.lowest(); i--) {
      passed += negative.get(i);
      if (passed > rank) {
        return -middle(i);
      }
    }
    passed += zeros;
    if (passed > rank) {
      return 0;
    }
    int bucket = positive.lowest();
    while (passed + positive.get(bucket) <= rank) {
      passed += positive.get(bucket++);
    }
    return middle(bucket);
  }

  @Override
  public long heap() {
    return 80 + positive.heap() + negative.heap() + (few == null ? 0 : 16 + 8L * few.length);
  }

  @Override
  public void save(StateWriter out) {
    out.writeDouble(fraction);
    out.writeLong(count);
    out.writeBoolean(few != null);
    if (few != null) {
      for (int i = 0; i < count; i++) {
        out.writeDouble(few[i]);
      }
      return;
    }
    positive.save(out);
    negative.save(out);
    out.writeLong(zeros);
  }

  @Override
  public void restore(StateReader in) {
    fraction = in.readDouble();
    count = in.readLong();
    if (in.readBoolean()) {
      few = new double[Math.max(4, (int) count)];
      for (int i = 0; i < count; i++) {
        few[i] = in.readDouble();
      }
      return;
    }
    few = null;
    positive.restore(in);
    negative.restore(in);
    zeros = in.readLong();
  }
}
