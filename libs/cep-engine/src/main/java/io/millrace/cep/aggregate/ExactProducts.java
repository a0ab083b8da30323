package io.millrace.cep.aggregate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Sums of products, from exact sums. */
final class ExactProducts {

  /** Below this part of what is subtracted twice the digits of a double do not suffice. */
  private static final double DOUBT = 0x1p-80;

  private ExactProducts() {}

  /** Adds x * y without rounding. */
  static void add(ExactSum sum, double x, double y) {
    double product = x * y;
    sum.add(product);
    if (Double.isFinite(product)) {
      sum.add(Math.fma(x, y, -product));
    }
  }

  /** Takes x * y out again. */
  static void subtract(ExactSum sum, double x, double y) {
    double product = x * y;
    sum.subtract(product);
    if (Double.isFinite(product)) {
      sum.subtract(Math.fma(x, y, -product));
    }
  }

  /**
   * The sum over (x - mean x) * (y - mean y).
   *
   * @param count how many, above 0
   */
  static double centered(long count, ExactSum xs, ExactSum ys, ExactSum products) {
    if (xs.isPlain() && ys.isPlain() && products.isPlain()) {
      double n = count;
      double high = products.rounded();
      double left = n * high;
      double leftRest = Math.fma(n, high, -left) + n * products.rest();
      double x = xs.rounded();
      double y = ys.rounded();
      double right = x * y;
      double rightRest = Math.fma(x, y, -right) + (x * ys.rest() + y * xs.rest());
      double difference = (left - right) + (leftRest - rightRest);
      if (Math.abs(difference) > DOUBT * Math.max(Math.abs(left), Math.abs(right))
          && Double.isFinite(difference)) {
        return difference / n;
      }
    }
    if (!xs.isFinite() || !ys.isFinite() || !products.isFinite()) {
      return Double.NaN;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    return n.multiply(products.exact())
        .subtract(xs.exact().multiply(ys.exact()))
        .divide(n, MathContext.DECIMAL64)
        .doubleValue();
  }
}
