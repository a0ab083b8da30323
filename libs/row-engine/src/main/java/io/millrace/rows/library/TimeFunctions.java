package io.millrace.rows.library;

import java.time.ZoneOffset;

/** Functions of dates and timestamps. */
public final class TimeFunctions {

  private TimeFunctions() {}

  @Function("DATE_TRUNC")
  public static long dateTrunc(TimeUnitName unit, long time) {
    return TimeUnits.floor(unit.name, time);
  }

  @Function("DATE_TRUNC")
  public static int dateTrunc(TimeUnitName unit, int date) {
    return Times.toDate(TimeUnits.floor(unit.name, Times.ofDate(date)));
  }

  @Function(value = "LAST_DAY", dates = true)
  public static int lastDay(long time) {
    return Times.toDate(Times.addMonths(TimeUnits.floor("MONTH", time), 1)) - 1;
  }

  @Function("TO_TIMESTAMP")
  public static long toTimestamp(String text) {
    return TimeTexts.parseTimestamp(text);
  }

  @Function("TO_TIMESTAMP")
  public static long toTimestamp(String text, TimePattern pattern) {
    return pattern.parse(text);
  }

  @Function("TRY_TO_TIMESTAMP")
  public static Long tryToTimestamp(String text) {
    try {
      return toTimestamp(text);
    } catch (RowException none) {
      return null;
    }
  }

  @Function("TRY_TO_TIMESTAMP")
  public static Long tryToTimestamp(String text, TimePattern pattern) {
    try {
      return pattern.parse(text);
    } catch (RowException none) {
      return null;
    }
  }

  @Function("TO_DATE")
  public static int toDate(String text) {
    return TimeTexts.parseDate(text);
  }

  @Function("TO_DATE")
  public static int toDate(String text, TimePattern pattern) {
    return Times.toDate(pattern.parse(text));
  }

  @Function(value = "DATE_FORMAT", dates = true)
  public static String dateFormat(long time, TimePattern pattern) {
    return pattern.format(time);
  }

  @Function(value = "EPOCH_SECONDS", dates = true)
  public static long epochSeconds(long time) {
    return Math.floorDiv(time, Times.SECOND);
  }

  @Function(value = "EPOCH_MILLIS", dates = true)
  public static long epochMillis(long time) {
    return Math.floorDiv(time, 1000L);
  }

  @Function(value = "EPOCH_MICROS", dates = true)
  public static long epochMicros(long time) {
    return time;
  }

  @Function("FROM_EPOCH_SECONDS")
  public static long fromEpochSeconds(long seconds) {
    return Times.times(seconds, Times.SECOND);
  }

  @Function("FROM_EPOCH_MILLIS")
  public static long fromEpochMillis(long millis) {
    return Times.times(millis, 1000);
  }

  @Function("FROM_EPOCH_MICROS")
  public static long fromEpochMicros(long micros) {
    return micros;
  }

  @Function(value = "TO_ZONE", dates = true)
  public static long toZone(long time, Zone zone) {
    return TimePattern.micros(
        TimePattern.local(time)
            .atOffset(ZoneOffset.UTC)
            .atZoneSameInstant(zone.id)
            .toLocalDateTime());
  }

  @Function(value = "FROM_ZONE", dates = true)
  public static long fromZone(long time, Zone zone) {
    return TimePattern.micros(
        TimePattern.local(time)
            .atZone(zone.id)
            .withZoneSameInstant(ZoneOffset.UTC)
            .toLocalDateTime());
  }
}
