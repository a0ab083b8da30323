package io.millrace.cep.aggregate;

import io.millrace.rows.library.RowException;

/** The fraction that a percentile function is asked for. */
final class Fraction {

  private Fraction() {}

  /**
   * Reads it.
   *
   * @throws RowException if it is not 0 to 1
   */
  static double of(Object value) {
    if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    throw RowException.badArgument("the fraction of a percentile has to be 0 to 1");
  }
}
