package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding, so that what was added can be taken out again without a
 * trace: an expansion of doubles that do not overlap. J. R. Shewchuk, "Adaptive Precision
 * Floating-Point Arithmetic and Fast Robust Geometric Predicates", Discrete and Computational
 * Geometry 18 (1997). Infinities and NaN are counted.
 */
final class ExactSum {

  /** Larger values have a sum of their own, scaled down, lest the parts overflow. */
  private static final double HUGE = 0x1p900;

  private static final double DOWN = 0x1p-600;

  /** How many bytes of heap one takes. */
  static final long HEAP = 96;

  /** In ascending order of magnitude. */
  private double[] parts = new double[3];

  private int size;
  private ExactSum huge;
  private long positives;
  private long negatives;
  private long nans;

  void add(double value) {
    count(value, 1);
  }

  void subtract(double value) {
    count(value, -1);
  }

  private void count(double value, int times) {
    if (Math.abs(value) < HUGE) {
      grow(times * value);
    } else if (Double.isNaN(value)) {
      nans += times;
    } else if (value == Double.POSITIVE_INFINITY) {
      positives += times;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negatives += times;
    } else {
      huge = huge == null ? new ExactSum() : huge;
      huge.grow(times * value * DOWN);
    }
  }

  private void grow(double value) {
    double x = value;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double y = parts[i];
      double high = x + y;
      double low = Math.abs(x) < Math.abs(y) ? x - (high - y) : y - (high - x);
      if (low != 0) {
        parts[kept++] = low;
      }
      x = high;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, kept + 2);
    }
    size = kept;
    if (x != 0) {
      parts[size++] = x;
    }
  }

  void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      grow(other.parts[i]);
    }
    if (other.huge != null) {
      huge = huge == null ? new ExactSum() : huge;
      huge.add(other.huge);
    }
    positives += other.positives;
    negatives += other.negatives;
    nans += other.nans;
  }

  /** The sum, rounded once. */
  double value() {
    if (nans > 0 || (positives > 0 && negatives > 0)) {
      return Double.NaN;
    }
    if (positives > 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (negatives > 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return huge != null && huge.size > 0 ? exact().doubleValue() : rounded();
  }

  /** The sum itself; not to be asked for when infinities or NaN are in it. */
  BigDecimal exact() {
    BigDecimal total = huge == null ? BigDecimal.ZERO : huge.exact().divide(new BigDecimal(DOWN));
    for (int i = 0; i < size; i++) {
      total = total.add(new BigDecimal(parts[i]));
    }
    return total;
  }

  /** As R. Hettinger's {@code fsum} does it: halfway cases by the sign of what is below. */
  double rounded() {
    if (size == 0) {
      return 0;
    }
    int i = size - 1;
    double high = parts[i];
    double low = 0;
    while (i > 0) {
      double x = high;
      double y = parts[--i];
      high = x + y;
      low = y - (high - x);
      if (low != 0) {
        break;
      }
    }
    if (i > 0 && ((low < 0 && parts[i - 1] < 0) || (low > 0 && parts[i - 1] > 0))) {
      double y = low * 2;
      double x = high + y;
      if (y == x - high) {
        high = x;
      }
    }
    return high;
  }

  /** What {@link #rounded} leaves over: together they hold twice the digits of a double. */
  double rest() {
    if (size < 2) {
      return 0;
    }
    ExactSum rest = new ExactSum();
    rest.parts = Arrays.copyOf(parts, size + 1);
    rest.size = size;
    rest.grow(-rounded());
    return rest.rounded();
  }

  /** Whether neither infinities nor NaN nor huge values are in it. */
  boolean isPlain() {
    return nans == 0 && positives == 0 && negatives == 0 && (huge == null || huge.size == 0);
  }

  /** Whether {@link #exact} can be asked for. */
  boolean isFinite() {
    return nans == 0 && positives == 0 && negatives == 0;
  }

  void save(StateWriter out) {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(parts[i]);
    }
    out.writeLong(positives);
    out.writeLong(negatives);
    out.writeLong(nans);
    out.writeBoolean(huge != null);
    if (huge != null) {
      huge.save(out);
    }
  }

  void restore(StateReader in) {
    size = in.readInt();
    parts = new double[Math.max(3, size)];
    for (int i = 0; i < size; i++) {
      parts[i] = in.readDouble();
    }
    positives = in.readLong();
    negatives = in.readLong();
    nans = in.readLong();
    if (in.readBoolean()) {
      huge = new ExactSum();
      huge.restore(in);
    }
  }
}
