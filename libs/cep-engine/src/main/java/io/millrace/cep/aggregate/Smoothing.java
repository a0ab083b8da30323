package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.library.RowException;

/**
 * Simple exponential smoothing, EXP_SMOOTHING(x, alpha): the first value as it is, then {@code
 * alpha * value + (1 - alpha) * before}. R. G. Brown, "Statistical Forecasting for Inventory
 * Control", 1959.
 */
final class Smoothing implements Accumulator {

  private final int column;
  private final int factor;
  private final ResultType type;
  private long count;
  private double first;
  private double smoothed;
  private double firstAlpha;

  /** What is left of the first value's part: the product of (1 - alpha) of those after it. */
  private double weight = 1;

  Smoothing(int column, int factor, ResultType type) {
    this.column = column;
    this.factor = factor;
    this.type = type;
  }

  @Override
  public void add(Object[] row) {
    if (!(row[column] instanceof Number value && row[factor] instanceof Number a)) {
      return;
    }
    double alpha = a.doubleValue();
    if (!(alpha > 0 && alpha <= 1)) {
      throw RowException.badArgument(
          "the smoothing factor of EXP_SMOOTHING has to be above 0 and not above 1");
    }
    double x = value.doubleValue();
    if (count == 0) {
      first = x;
      smoothed = x;
      firstAlpha = alpha;
    } else {
      smoothed = alpha * x + (1 - alpha) * smoothed;
      weight *= 1 - alpha;
    }
    count++;
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  /** The later ones began with their first value, where they should have gone on from here. */
  @Override
  public void merge(Accumulator other) {
    Smoothing later = (Smoothing) other;
    if (later.count == 0) {
      return;
    }
    if (count == 0) {
      first = later.first;
      smoothed = later.smoothed;
      firstAlpha = later.firstAlpha;
      weight = later.weight;
    } else {
      double begun = later.firstAlpha * later.first + (1 - later.firstAlpha) * smoothed;
      smoothed = later.smoothed + later.weight * (begun - later.first);
      weight *= (1 - later.firstAlpha) * later.weight;
    }
    count += later.count;
  }

  @Override
  public Object result() {
    return count == 0 ? null : type.of(smoothed);
  }

  @Override
  public long heap() {
    return 64;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
    out.writeDouble(first);
    out.writeDouble(smoothed);
    out.writeDouble(firstAlpha);
    out.writeDouble(weight);
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
    first = in.readDouble();
    smoothed = in.readDouble();
    firstAlpha = in.readDouble();
    weight = in.readDouble();
  }
}
