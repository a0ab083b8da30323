package io.millrace.rows.library;

import java.math.BigDecimal;

/** CAST between points in time, and of numbers to intervals. Called by compiled queries. */
public final class TimeCasts {
  private static final BigDecimal[] ROUNDING = new BigDecimal[7];

  static {
    for (int i = 0; i < ROUNDING.length; i++) {
      ROUNDING[i] = BigDecimal.TEN.pow(6 - i);
    }
  }

  private TimeCasts() {}

  public static int dateOfTimestamp(long micros) {
    return Times.toDate(micros);
  }

  public static long timeOfTimestamp(long micros) {
    return Math.floorMod(micros, Times.DAY);
  }

  public static long timestampOfDate(int days) {
    return Times.ofDate(days);
  }

  /** Cuts microseconds to a lower precision. */
  public static long rounded(long micros, int precision) {
    long step = ROUNDING[precision].longValue();
    return Math.floorDiv(micros, step) * step;
  }

  public static long interval(long count, long unit) {
    return Times.times(count, unit);
  }

  public static long interval(BigDecimal count, long unit) {
    return Casts.whole(count.multiply(BigDecimal.valueOf(unit)), "INTERVAL");
  }
}
