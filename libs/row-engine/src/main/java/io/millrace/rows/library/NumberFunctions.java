package io.millrace.rows.library;

import java.math.BigDecimal;
import java.math.RoundingMode;

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
  public static float abs(float value) {
    return Math.abs(value);
  }

  @Function("ABS")
  public static double abs(double value) {
    return Math.abs(value);
  }

  @Function("ABS")
  public static BigDecimal abs(BigDecimal value) {
    return value.abs();
  }

  @Function("SIGN")
  public static int sign(long value) {
    return Long.signum(value);
  }

  @Function("SIGN")
  public static int sign(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
  }

  @Function("SIGN")
  public static int sign(BigDecimal value) {
    return value.signum();
  }

  @Function("ROUND")
  public static int round(int value) {
    return round(value, 0);
  }

  @Function("ROUND")
  public static int round(int value, int decimals) {
    return Casts.toInteger(round((long) value, decimals));
  }

  @Function("ROUND")
  public static long round(long value) {
    return round(value, 0);
  }

  @Function("ROUND")
  public static long round(long value, int decimals) {
    return decimals >= 0
        ? value
        : Casts.toLong(scaled(BigDecimal.valueOf(value), decimals, RoundingMode.HALF_UP));
  }

  @Function("ROUND")
  public static float round(float value) {
    return round(value, 0);
  }

  @Function("ROUND")
  public static float round(float value, int decimals) {
    return (float) round((double) value, decimals);
  }

  @Function("ROUND")
  public static double round(double value) {
    return round(value, 0);
  }

  @Function("ROUND")
  public static double round(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return scaled(BigDecimal.valueOf(value), decimals, RoundingMode.HALF_UP).doubleValue();
  }

  @Function("ROUND")
  public static BigDecimal round(BigDecimal value) {
    return round(value, 0);
  }

  @Function("ROUND")
  public static BigDecimal round(BigDecimal value, int decimals) {
    return scaled(value, decimals, RoundingMode.HALF_UP);
  }

  @Function("TRUNCATE")
  public static int truncate(int value) {
    return truncate(value, 0);
  }

  @Function("TRUNCATE")
  public static int truncate(int value, int decimals) {
    return Casts.toInteger(truncate((long) value, decimals));
  }

  @Function("TRUNCATE")
  public static long truncate(long value) {
    return truncate(value, 0);
  }

  @Function("TRUNCATE")
  public static long truncate(long value, int decimals) {
    return decimals >= 0
        ? value
        : Casts.toLong(scaled(BigDecimal.valueOf(value), decimals, RoundingMode.DOWN));
  }

  @Function("TRUNCATE")
  public static float truncate(float value) {
    return truncate(value, 0);
  }

  @Function("TRUNCATE")
  public static float truncate(float value, int decimals) {
    return (float) truncate((double) value, decimals);
  }

  @Function("TRUNCATE")
  public static double truncate(double value) {
    return truncate(value, 0);
  }

  @Function("TRUNCATE")
  public static double truncate(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return scaled(BigDecimal.valueOf(value), decimals, RoundingMode.DOWN).doubleValue();
  }

  @Function("TRUNCATE")
  public static BigDecimal truncate(BigDecimal value) {
    return truncate(value, 0);
  }

  @Function("TRUNCATE")
  public static BigDecimal truncate(BigDecimal value, int decimals) {
    return scaled(value, decimals, RoundingMode.DOWN);
  }

  private static BigDecimal scaled(BigDecimal value, int decimals, RoundingMode mode) {
    if (decimals >= value.scale()) {
      return value;
    }
    // Beyond all digits every number rounds to zero.
    return decimals < value.scale() - value.precision() - 1
        ? BigDecimal.ZERO
        : value.setScale(decimals, mode);
  }

  @Function("FLOOR")
  public static int floor(int value) {
    return value;
  }

  @Function("FLOOR")
  public static long floor(long value) {
    return value;
  }

  @Function("FLOOR")
  public static float floor(float value) {
    return (float) Math.floor(value);
  }

  @Function("FLOOR")
  public static double floor(double value) {
    return Math.floor(value);
  }

  @Function("FLOOR")
  public static BigDecimal floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR);
  }

  @Function("CEIL")
  public static int ceil(int value) {
    return value;
  }

  @Function("CEIL")
  public static long ceil(long value) {
    return value;
  }

  @Function("CEIL")
  public static float ceil(float value) {
    return (float) Math.ceil(value);
  }

  @Function("CEIL")
  public static double ceil(double value) {
    return Math.ceil(value);
  }

  @Function("CEIL")
  public static BigDecimal ceil(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING);
  }

  @Function("POWER")
  public static double power(double x, double exponent) {
    double result = Math.pow(x, exponent);
    if (Double.isNaN(result) && !Double.isNaN(x) && !Double.isNaN(exponent)) {
      throw RowException.badArgument("a negative number has no power with a fraction");
    }
    return result;
  }

  @Function("SQRT")
  public static double sqrt(double x) {
    if (x < 0) {
      throw RowException.badArgument("a negative number has no square root");
    }
    return Math.sqrt(x);
  }

  @Function("CBRT")
  public static double cbrt(double x) {
    return Math.cbrt(x);
  }

  @Function("EXP")
  public static double exp(double x) {
    return Math.exp(x);
  }

  @Function("LN")
  public static double ln(double x) {
    return Math.log(positive(x));
  }

  @Function("LOG10")
  public static double log10(double x) {
    return Math.log10(positive(x));
  }

  @Function("LOG2")
  public static double log2(double x) {
    int exponent = Math.getExponent(positive(x));
    double fraction = exponent > Double.MIN_EXPONENT ? x / Math.pow(2, exponent) : 0;
    return fraction == 1 ? exponent : Math.log(x) / Math.log(2);
  }

  private static double positive(double x) {
    if (x <= 0) {
      throw RowException.badArgument(x + " has no logarithm");
    }
    return x;
  }

  @Function("PI")
  public static double pi() {
    return Math.PI;
  }

  @Function("SIN")
  public static double sin(double x) {
    return Math.sin(x);
  }

  @Function("COS")
  public static double cos(double x) {
    return Math.cos(x);
  }

  @Function("TAN")
  public static double tan(double x) {
    return Math.tan(x);
  }

  @Function("ATAN")
  public static double atan(double x) {
    return Math.atan(x);
  }

  @Function("ASIN")
  public static double asin(double x) {
    if (Math.abs(x) > 1) {
      throw RowException.badArgument(x + " is not between -1 and 1");
    }
    return Math.asin(x);
  }

  @Function("ACOS")
  public static double acos(double x) {
    if (Math.abs(x) > 1) {
      throw RowException.badArgument(x + " is not between -1 and 1");
    }
    return Math.acos(x);
  }

  @Function("COT")
  public static double cot(double x) {
    double tan = Math.tan(x);
    if (tan == 0) {
      throw RowException.divisionByZero();
    }
    return 1 / tan;
  }

  @Function("ATAN2")
  public static double atan2(double y, double x) {
    return Math.atan2(y, x);
  }

  @Function("DEGREES")
  public static double degrees(double x) {
    return Math.toDegrees(x);
  }

  @Function("RADIANS")
  public static double radians(double x) {
    return Math.toRadians(x);
  }
}
