package io.millrace.rows.library;

import io.millrace.rows.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * CAST to numbers and booleans. A value that the target cannot hold is an error; fractions are
 * rounded half away from zero when the target has fewer decimals. Called by compiled queries.
 */
public final class Casts {
  private static final int LONGEST_NUMBER = 400;

  private Casts() {}

  public static int toInteger(int value) {
    return value;
  }

  public static int toInteger(long value) {
    if (value != (int) value) {
      throw outOfRange(value, "INT");
    }
    return (int) value;
  }

  public static int toInteger(double value) {
    return toInteger(whole(value, "INT"));
  }

  public static int toInteger(float value) {
    return toInteger(whole(value, "INT"));
  }

  public static int toInteger(BigDecimal value) {
    return toInteger(whole(value, "INT"));
  }

  public static int toInteger(boolean value) {
    return value ? 1 : 0;
  }

  public static int toInteger(String value) {
    long number = toLong(value, "INT");
    if (number != (int) number) {
      throw outOfRange(value, "INT");
    }
    return (int) number;
  }

  public static long toLong(int value) {
    return value;
  }

  public static long toLong(long value) {
    return value;
  }

  public static long toLong(double value) {
    return whole(value, "BIGINT");
  }

  public static long toLong(float value) {
    return whole(value, "BIGINT");
  }

  public static long toLong(BigDecimal value) {
    return whole(value, "BIGINT");
  }

  public static long toLong(boolean value) {
    return value ? 1 : 0;
  }

  public static long toLong(String value) {
    return toLong(value, "BIGINT");
  }

  private static long toLong(String value, String type) {
    String text = value.strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      if (text.length() >= 19 && text.matches("[+-]?\\d{1,300}")) {
        throw outOfRange(value, type);
      }
      throw RowException.badCast(value, type);
    }
  }

  public static float toFloat(int value) {
    return value;
  }

  public static float toFloat(long value) {
    return value;
  }

  public static float toFloat(float value) {
    return value;
  }

  public static float toFloat(double value) {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw outOfRange(value, "FLOAT");
    }
    return narrow;
  }

  public static float toFloat(BigDecimal value) {
    return toFloat(value.doubleValue());
  }

  public static float toFloat(boolean value) {
    return value ? 1 : 0;
  }

  public static float toFloat(String value) {
    return toFloat(toDouble(value));
  }

  public static double toDouble(int value) {
    return value;
  }

  public static double toDouble(long value) {
    return value;
  }

  public static double toDouble(float value) {
    return value;
  }

  public static double toDouble(double value) {
    return value;
  }

  public static double toDouble(BigDecimal value) {
    return value.doubleValue();
  }

  public static double toDouble(boolean value) {
    return value ? 1 : 0;
  }

  /** Decimal notation with an optional exponent, NaN, Infinity. */
  public static double toDouble(String value) {
    String text = value.strip();
    switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> {
        return Double.NaN;
      }
      case "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {}
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        throw RowException.badCast(value, "DOUBLE");
      }
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isInfinite(number)) {
        throw outOfRange(value, "DOUBLE");
      }
      return number;
    } catch (NumberFormatException e) {
      throw RowException.badCast(value, "DOUBLE");
    }
  }

  public static BigDecimal decimal(long value, int precision, int scale) {
    return fit(BigDecimal.valueOf(value), precision, scale);
  }

  public static BigDecimal decimal(double value, int precision, int scale) {
    return fit(decimal(value), precision, scale);
  }

  public static BigDecimal decimal(float value, int precision, int scale) {
    return fit(decimal(value), precision, scale);
  }

  public static BigDecimal decimal(BigDecimal value, int precision, int scale) {
    return fit(value, precision, scale);
  }

  public static BigDecimal decimal(String value, int precision, int scale) {
    String text = value.strip();
    if (text.length() > LONGEST_NUMBER) {
      throw RowException.badCast(value, "DECIMAL(" + precision + ", " + scale + ")");
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.signum() != 0 && (long) number.precision() - number.scale() > precision - scale) {
        throw outOfRange(value, "DECIMAL(" + precision + ", " + scale + ")");
      }
      // An exponent in a text must not make a number of a billion digits.
      return number.signum() == 0 || number.scale() > 2 * LONGEST_NUMBER + number.precision()
          ? BigDecimal.ZERO.setScale(scale)
          : fit(number, precision, scale);
    } catch (ArithmeticException | NumberFormatException e) {
      throw RowException.badCast(value, "DECIMAL(" + precision + ", " + scale + ")");
    }
  }

  /** The shortest decimal number that stands for the same double. */
  public static BigDecimal decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw RowException.badCast(value, "DECIMAL");
    }
    return BigDecimal.valueOf(value);
  }

  public static BigDecimal decimal(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      throw RowException.badCast(value, "DECIMAL");
    }
    return new BigDecimal(Float.toString(value));
  }

  public static BigDecimal decimal(long value) {
    return BigDecimal.valueOf(value);
  }

  private static BigDecimal fit(BigDecimal value, int precision, int scale) {
    try {
      return Numbers.fit(value, precision, scale);
    } catch (RowException e) {
      throw outOfRange(value.toPlainString(), "DECIMAL(" + precision + ", " + scale + ")");
    }
  }

  /** Lets a null decimal through a conversion whose result is then not used. */
  public static BigDecimal zeroOr(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  public static boolean bool(long value) {
    return value != 0;
  }

  public static boolean bool(int value) {
    return value != 0;
  }

  /** true, t, yes, y, on, 1 and their opposites, in any case. */
  public static boolean bool(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw RowException.badCast(value, "BOOLEAN");
    };
  }

  private static long whole(double value, String type) {
    if (Double.isNaN(value) || Math.abs(value) >= 0x1p63) {
      throw outOfRange(value, type);
    }
    double size = Math.abs(value);
    double floor = Math.floor(size);
    double rounded = size - floor >= 0.5 ? floor + 1 : floor;
    return (long) (value < 0 ? -rounded : rounded);
  }

  static long whole(BigDecimal value, String type) {
    BigInteger number = value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    if (number.bitLength() > 63) {
      throw outOfRange(value.toPlainString(), type);
    }
    return number.longValue();
  }

  private static RowException outOfRange(Object value, String type) {
    return new RowException(
        ErrorCode.OVERFLOW, RowException.quote(value) + " does not fit " + type);
  }
}
