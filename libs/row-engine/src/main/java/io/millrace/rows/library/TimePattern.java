package io.millrace.rows.library;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** A pattern of {@link DateTimeFormatter}, in English. */
public final class TimePattern implements Prepared {
  private static final Cache<TimePattern> CACHE = new Cache<>(TimePattern::new);

  private final String pattern;
  private final DateTimeFormatter formatter;

  private TimePattern(String pattern) {
    this.pattern = pattern;
    try {
      this.formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .toFormatter(Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw RowException.badArgument(
          RowException.quote(pattern) + " is no pattern of dates and times: " + e.getMessage());
    }
  }

  public static TimePattern of(String pattern) {
    return CACHE.get(pattern);
  }

  String format(long micros) {
    try {
      return formatter.format(local(micros).atOffset(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw RowException.badArgument(
          "a timestamp has nothing for the pattern " + RowException.quote(pattern));
    }
  }

  /** Reads a text; what it lacks is January, the first, midnight. */
  long parse(String text) {
    try {
      TemporalAccessor read = formatter.parse(text);
      LocalDate date = read.query(TemporalQueries.localDate());
      if (date == null) {
        date =
            LocalDate.of(
                read.isSupported(ChronoField.YEAR)
                    ? read.get(ChronoField.YEAR)
                    : read.isSupported(ChronoField.YEAR_OF_ERA)
                        ? read.get(ChronoField.YEAR_OF_ERA)
                        : 1970,
                read.isSupported(ChronoField.MONTH_OF_YEAR)
                    ? read.get(ChronoField.MONTH_OF_YEAR)
                    : 1,
                read.isSupported(ChronoField.DAY_OF_MONTH)
                    ? read.get(ChronoField.DAY_OF_MONTH)
                    : 1);
      }
      LocalTime time = read.query(TemporalQueries.localTime());
      if (time == null) {
        time =
            read.isSupported(ChronoField.HOUR_OF_DAY)
                ? LocalTime.of(read.get(ChronoField.HOUR_OF_DAY), 0)
                : LocalTime.MIDNIGHT;
      }
      ZoneId zone = read.query(TemporalQueries.zone());
      LocalDateTime local = date.atTime(time);
      return micros(
          zone == null
              ? local
              : local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
    } catch (DateTimeException e) {
      throw new RowException(
          io.millrace.rows.ErrorCode.BAD_CAST,
          RowException.quote(text) + " does not fit the pattern " + RowException.quote(pattern));
    }
  }

  static LocalDateTime local(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, Times.SECOND),
        (int) Math.floorMod(micros, Times.SECOND) * 1000,
        ZoneOffset.UTC);
  }

  static long micros(LocalDateTime local) {
    return Times.add(
        Times.times(local.toEpochSecond(ZoneOffset.UTC), Times.SECOND), local.getNano() / 1000);
  }
}
