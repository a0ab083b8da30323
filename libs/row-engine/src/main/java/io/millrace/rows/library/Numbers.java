package io.millrace.rows.library;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic that is exact or fails. DECIMAL results are rounded half up to the scale of their
 * type; DOUBLE and FLOAT follow IEEE 754, except that a division by zero fails.
 */
public final class Numbers {

  private Numbers() {}

  public static int add(int a, int b) {
    int r = a + b;
    if (((a ^ r) & (b ^ r)) < 0) {
      throw RowException.overflow("INT");
    }
    return r;
  }

  public static long add(long a, long b) {
    long r = a + b;
    if (((a ^ r) & (b ^ r)) < 0) {
      throw RowException.overflow("BIGINT");
    }
    return r;
  }

  public static float add(float a, float b) {
    return a + b;
  }

  public static double add(double a, double b) {
    return a + b;
  }

  public static BigDecimal add(BigDecimal a, BigDecimal b, int precision, int scale) {
    return fit(a.add(b), precision, scale);
  }

  public static int subtract(int a, int b) {
    int r = a - b;
    if (((a ^ b) & (a ^ r)) < 0) {
      throw RowException.overflow("INT");
    }
    return r;
  }

  public static long subtract(long a, long b) {
    long r = a - b;
    if (((a ^ b) & (a ^ r)) < 0) {
      throw RowException.overflow("BIGINT");
    }
    return r;
  }

  public static float subtract(float a, float b) {
    return a - b;
  }

  public static double subtract(double a, double b) {
    return a - b;
  }

  public static BigDecimal subtract(BigDecimal a, BigDecimal b, int precision, int scale) {
    return fit(a.subtract(b), precision, scale);
  }

  public static int multiply(int a, int b) {
    long r = (long) a * b;
    if (r != (int) r) {
      throw RowException.overflow("INT");
    }
    return (int) r;
  }

  public static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long r = a * b;
    if (high != r >> 63) {
      throw RowException.overflow("BIGINT");
    }
    return r;
  }

  public static float multiply(float a, float b) {
    return a * b;
  }

  public static double multiply(double a, double b) {
    return a * b;
  }

  public static BigDecimal multiply(BigDecimal a, BigDecimal b, int precision, int scale) {
    return fit(a.multiply(b), precision, scale);
  }

  /** Truncates towards zero. */
  public static int divide(int a, int b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    if (b == -1 && a == Integer.MIN_VALUE) {
      throw RowException.overflow("INT");
    }
    return a / b;
  }

  /** Truncates towards zero. */
  public static long divide(long a, long b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    if (b == -1 && a == Long.MIN_VALUE) {
      throw RowException.overflow("BIGINT");
    }
    return a / b;
  }

  public static float divide(float a, float b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a / b;
  }

  public static double divide(double a, double b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a / b;
  }

  public static BigDecimal divide(BigDecimal a, BigDecimal b, int precision, int scale) {
    if (b.signum() == 0) {
      throw RowException.divisionByZero();
    }
    return fit(a.divide(b, scale, RoundingMode.HALF_UP), precision, scale);
  }

  /** Has the sign of the dividend. */
  public static int mod(int a, int b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a % b;
  }

  public static long mod(long a, long b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a % b;
  }

  public static float mod(float a, float b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a % b;
  }

  public static double mod(double a, double b) {
    if (b == 0) {
      throw RowException.divisionByZero();
    }
    return a % b;
  }

  public static BigDecimal mod(BigDecimal a, BigDecimal b, int precision, int scale) {
    if (b.signum() == 0) {
      throw RowException.divisionByZero();
    }
    return fit(a.remainder(b), precision, scale);
  }

  public static int negate(int a) {
    if (a == Integer.MIN_VALUE) {
      throw RowException.overflow("INT");
    }
    return -a;
  }

  public static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw RowException.overflow("BIGINT");
    }
    return -a;
  }

  public static float negate(float a) {
    return -a;
  }

  public static double negate(double a) {
    return -a;
  }

  public static BigDecimal negate(BigDecimal a, int precision, int scale) {
    return fit(a.negate(), precision, scale);
  }

  /** Rounds half up to the scale and checks the precision. */
  public static BigDecimal fit(BigDecimal value, int precision, int scale) {
    if (value == null) {
      return null;
    }
    BigDecimal fitted =
        value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
    if (fitted.precision() > precision && fitted.signum() != 0) {
      throw RowException.overflow("DECIMAL(" + precision + ", " + scale + ")");
    }
    return fitted;
  }
}
