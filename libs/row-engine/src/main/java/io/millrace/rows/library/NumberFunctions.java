package io.millrace.rows.library;

import java.math.BigDecimal;

/** Functions of numbers. */
public final class NumberFunctions {

  private NumberFunctions() {}

  @Function("ABS")
  public static int abs(int value) {
    return value < 0 ? Numbers.negate(value) : value;
  }

  @Function("ABS")
  public static long abs(long value) {
    return value < 0 ? Numbers.negate(value) : value;
  }

  @Function("ABS")
  public static double abs(double value) {
    return Math.abs(value);
  }

  @Function("ABS")
  public static BigDecimal abs(BigDecimal value) {
    return value.abs();
  }
}
