package io.millrace.rows.library;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic of days, microseconds and months of the proleptic Gregorian calendar, UTC. Called by
 * compiled queries.
 */
public final class Times {
  public static final long SECOND = 1_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  private Times() {}

  /** Midnight of a date. */
  public static long ofDate(int days) {
    return days * DAY;
  }

  /** The date of a timestamp. */
  public static int toDate(long micros) {
    return (int) Math.floorDiv(micros, DAY);
  }

  public static long add(long a, long b) {
    long r = a + b;
    if (((a ^ r) & (b ^ r)) < 0) {
      throw RowException.overflow("TIMESTAMP");
    }
    return r;
  }

  public static long subtract(long a, long b) {
    long r = a - b;
    if (((a ^ b) & (a ^ r)) < 0) {
      throw RowException.overflow("INTERVAL");
    }
    return r;
  }

  public static long negate(long a) {
    return subtract(0, a);
  }

  public static long times(long a, long b) {
    long r = a * b;
    if (Math.multiplyHigh(a, b) != r >> 63) {
      throw RowException.overflow("INTERVAL");
    }
    return r;
  }

  public static long times(long a, double b) {
    return times(a, Casts.decimal(b));
  }

  public static long times(long a, BigDecimal b) {
    return Casts.toLong(BigDecimal.valueOf(a).multiply(b));
  }

  public static long over(long a, long b) {
    return Numbers.divide(a, b);
  }

  public static long over(long a, double b) {
    return over(a, Casts.decimal(b));
  }

  public static long over(long a, BigDecimal b) {
    if (b.signum() == 0) {
      throw RowException.divisionByZero();
    }
    return Casts.toLong(BigDecimal.valueOf(a).divide(b, 0, RoundingMode.DOWN));
  }

  /** A date moved by whole days. */
  public static int dateAdd(int days, long micros) {
    return toDate(add(ofDate(days), micros));
  }

  public static int dateAddMonths(int days, long months) {
    long civil = CivilDate.of(days);
    long total = Math.addExact(CivilDate.year(civil) * 12 + CivilDate.month(civil) - 1, months);
    long year = Math.floorDiv(total, 12L);
    int month = (int) Math.floorMod(total, 12L) + 1;
    return CivilDate.days(
        year, month, Math.min(CivilDate.day(civil), CivilDate.monthLength(year, month)));
  }

  /** The same time of the same day of another month, or of its last day. */
  public static long addMonths(long micros, long months) {
    int days = toDate(micros);
    return ofDate(dateAddMonths(days, months)) + Math.floorMod(micros, DAY);
  }

  public static long timeAdd(long time, long micros) {
    return Math.floorMod(time + micros % DAY, DAY);
  }
}
