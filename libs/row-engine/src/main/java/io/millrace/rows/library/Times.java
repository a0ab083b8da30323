package io.millrace.rows.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Days, microseconds and months of the proleptic Gregorian calendar, UTC. The conversion between
 * days and dates follows Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
public final class Times {
  public static final long SECOND = 1_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  private static final int DAYS_AN_ERA = 146_097;
  private static final int DAYS_TO_EPOCH = 719_468;

  private Times() {}

  /** Midnight of a date. */
  public static long ofDate(int days) {
    return days * DAY;
  }

  /** The date of a timestamp. */
  public static int toDate(long micros) {
    return (int) Math.floorDiv(micros, DAY);
  }

  static int days(long year, int month, int day) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400);
    int yearOfEra = (int) (y - era * 400);
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    long days = era * DAYS_AN_ERA + dayOfEra - DAYS_TO_EPOCH;
    if (days != (int) days) {
      throw RowException.overflow("DATE");
    }
    return (int) days;
  }

  /** Year, month and day, packed: {@code (year * 16 + month) * 32 + day}. */
  private static long civil(long days) {
    long z = days + DAYS_TO_EPOCH;
    long era = Math.floorDiv(z, DAYS_AN_ERA);
    int dayOfEra = (int) (z - era * DAYS_AN_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shifted = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return (year * 16 + month) * 32 + day;
  }

  static long year(long civil) {
    return civil >> 9;
  }

  static int month(long civil) {
    return (int) (civil >> 5) & 15;
  }

  static int day(long civil) {
    return (int) civil & 31;
  }

  static int monthLength(long year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  // ---- arithmetic

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
    long civil = civil(days);
    long total = Math.addExact(year(civil) * 12 + month(civil) - 1, months);
    long year = Math.floorDiv(total, 12L);
    int month = (int) Math.floorMod(total, 12L) + 1;
    return days(year, month, Math.min(day(civil), monthLength(year, month)));
  }

  /** The same time of the same day of another month, or of its last day. */
  public static long addMonths(long micros, long months) {
    int days = toDate(micros);
    return ofDate(dateAddMonths(days, months)) + Math.floorMod(micros, DAY);
  }

  public static long timeAdd(long time, long micros) {
    return Math.floorMod(time + micros % DAY, DAY);
  }

  /** {@code TIMESTAMPADD}. */
  public static long add(String unit, long count, long micros) {
    return switch (unit) {
      case "NANOSECOND" -> add(micros, count / 1000);
      case "MICROSECOND" -> add(micros, count);
      case "MONTH" -> addMonths(micros, count);
      case "QUARTER" -> addMonths(micros, times(count, 3));
      case "YEAR" -> addMonths(micros, times(count, 12));
      case "DECADE" -> addMonths(micros, times(count, 120));
      case "CENTURY" -> addMonths(micros, times(count, 1200));
      default -> add(micros, times(count, length(unit)));
    };
  }

  /** {@code TIMESTAMPDIFF}: how many whole units it is from the first to the second. */
  public static long difference(String unit, long from, long to) {
    return switch (unit) {
      case "NANOSECOND" -> times(subtract(to, from), 1000);
      case "MICROSECOND" -> subtract(to, from);
      case "MONTH" -> months(from, to);
      case "QUARTER" -> months(from, to) / 3;
      case "YEAR" -> months(from, to) / 12;
      case "DECADE" -> months(from, to) / 120;
      case "CENTURY" -> months(from, to) / 1200;
      default -> subtract(to, from) / length(unit);
    };
  }

  /** Whole months, as java.time counts them: a day that is not over yet does not count. */
  private static long months(long from, long to) {
    int first = toDate(from);
    int last = toDate(to);
    long timeFirst = Math.floorMod(from, DAY);
    long timeLast = Math.floorMod(to, DAY);
    if (last > first && timeLast < timeFirst) {
      last--;
    } else if (last < first && timeLast > timeFirst) {
      last++;
    }
    return (packed(last) - packed(first)) / 32;
  }

  private static long packed(int days) {
    long civil = civil(days);
    return (year(civil) * 12 + month(civil) - 1) * 32 + day(civil);
  }

  private static long length(String unit) {
    return switch (unit) {
      case "MILLISECOND" -> 1000;
      case "SECOND" -> SECOND;
      case "MINUTE" -> MINUTE;
      case "HOUR" -> HOUR;
      case "DAY" -> DAY;
      case "WEEK" -> 7 * DAY;
      default -> throw RowException.badArgument(unit + " is no unit of time here");
    };
  }

  // ---- units

  /** The begin of the unit that a timestamp lies in. Weeks begin on Monday. */
  public static long floor(String unit, long micros) {
    switch (unit) {
      case "NANOSECOND", "MICROSECOND":
        return micros;
      case "MILLISECOND":
        return micros - Math.floorMod(micros, 1000L);
      case "SECOND":
        return micros - Math.floorMod(micros, SECOND);
      case "MINUTE":
        return micros - Math.floorMod(micros, MINUTE);
      case "HOUR":
        return micros - Math.floorMod(micros, HOUR);
      case "DAY":
        return micros - Math.floorMod(micros, DAY);
      case "WEEK":
        {
          int days = toDate(micros);
          return ofDate(days - Math.floorMod(days + 3, 7));
        }
      default:
        break;
    }
    long civil = civil(toDate(micros));
    long year = year(civil);
    int month = month(civil);
    return switch (unit) {
      case "MONTH" -> ofDate(days(year, month, 1));
      case "QUARTER" -> ofDate(days(year, (month - 1) / 3 * 3 + 1, 1));
      case "YEAR" -> ofDate(days(year, 1, 1));
      case "ISOYEAR" -> {
        long weekYear = isoYear(toDate(micros));
        yield floor("WEEK", ofDate(days(weekYear, 1, 4)));
      }
      case "DECADE" -> ofDate(days(Math.floorDiv(year, 10L) * 10, 1, 1));
      case "CENTURY" -> ofDate(days(Math.floorDiv(year - 1, 100L) * 100 + 1, 1, 1));
      case "MILLENNIUM" -> ofDate(days(Math.floorDiv(year - 1, 1000L) * 1000 + 1, 1, 1));
      default -> throw RowException.badArgument(unit + " is no unit to round to");
    };
  }

  /** The begin of the next unit, or the timestamp itself where it is the begin of one. */
  public static long ceil(String unit, long micros) {
    long floor = floor(unit, micros);
    if (floor == micros) {
      return micros;
    }
    return switch (unit) {
      case "ISOYEAR" -> floor("ISOYEAR", add(floor, 371 * DAY));
      case "MILLENNIUM" -> addMonths(floor, 12_000);
      default -> add(unit, 1, floor);
    };
  }

  private static long isoYear(int days) {
    // The year of the week's Thursday.
    return year(civil(days - Math.floorMod(days + 3, 7) + 3L));
  }

  /** A field of a timestamp. */
  public static long extract(String unit, long micros) {
    switch (unit) {
      case "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND":
        return extractTime(unit, Math.floorMod(micros, DAY));
      case "EPOCH":
        return Math.floorDiv(micros, SECOND);
      default:
        break;
    }
    int days = toDate(micros);
    long civil = civil(days);
    long year = year(civil);
    return switch (unit) {
      case "YEAR" -> year;
      case "QUARTER" -> (month(civil) - 1) / 3 + 1;
      case "MONTH" -> month(civil);
      case "WEEK" -> {
        int thursday = days - Math.floorMod(days + 3, 7) + 3;
        yield (thursday - days(year(civil(thursday)), 1, 1)) / 7 + 1;
      }
      case "DAY" -> day(civil);
      case "DOW" -> Math.floorMod(days + 4, 7) + 1;
      case "ISODOW" -> Math.floorMod(days + 3, 7) + 1;
      case "DOY" -> days - days(year, 1, 1) + 1;
      case "ISOYEAR" -> isoYear(days);
      case "DECADE" -> Math.floorDiv(year, 10L);
      case "CENTURY" -> Math.floorDiv(year - 1, 100L) + 1;
      case "MILLENNIUM" -> Math.floorDiv(year - 1, 1000L) + 1;
      default -> throw RowException.badArgument(unit + " is no field of a timestamp");
    };
  }

  /** A field of a time of day. MILLISECOND and MICROSECOND hold the seconds too. */
  public static long extractTime(String unit, long micros) {
    return switch (unit) {
      case "HOUR" -> micros / HOUR;
      case "MINUTE" -> micros / MINUTE % 60;
      case "SECOND" -> micros / SECOND % 60;
      case "MILLISECOND" -> micros % MINUTE / 1000;
      case "MICROSECOND" -> micros % MINUTE;
      case "NANOSECOND" -> micros % MINUTE * 1000;
      case "EPOCH" -> micros / SECOND;
      default -> throw RowException.badArgument(unit + " is no field of a time");
    };
  }

  /** A field of a day-time interval; all fields have its sign. */
  public static long extractDayTime(String unit, long micros) {
    return switch (unit) {
      case "DAY" -> micros / DAY;
      case "HOUR" -> micros / HOUR % 24;
      case "EPOCH" -> micros / SECOND;
      default -> extractTime(unit, micros);
    };
  }

  /** A field of a year-month interval. */
  public static long extractYearMonth(String unit, long months) {
    return switch (unit) {
      case "YEAR" -> months / 12;
      case "QUARTER" -> months % 12 / 3 + 1;
      case "MONTH" -> months % 12;
      default -> throw RowException.badArgument(unit + " is no field of an interval of months");
    };
  }

  // ---- texts

  static String dateText(int days) {
    StringBuilder out = new StringBuilder(10);
    appendDate(out, days);
    return out.toString();
  }

  static String timeText(long micros) {
    StringBuilder out = new StringBuilder(15);
    appendTime(out, micros);
    return out.toString();
  }

  /** {@code 2026-01-31 08:15:00.5}: as many decimals as there are. */
  static String timestampText(long micros) {
    StringBuilder out = new StringBuilder(26);
    appendDate(out, toDate(micros));
    out.append(' ');
    appendTime(out, Math.floorMod(micros, DAY));
    return out.toString();
  }

  private static void appendDate(StringBuilder out, int days) {
    long civil = civil(days);
    long year = year(civil);
    if (year < 0) {
      out.append('-');
    }
    pad(out, Math.abs(year), 4);
    pad(out.append('-'), month(civil), 2);
    pad(out.append('-'), day(civil), 2);
  }

  private static void appendTime(StringBuilder out, long micros) {
    pad(out, micros / HOUR, 2);
    pad(out.append(':'), micros / MINUTE % 60, 2);
    pad(out.append(':'), micros / SECOND % 60, 2);
    long fraction = micros % SECOND;
    if (fraction != 0) {
      pad(out.append('.'), fraction, 6);
      int end = out.length();
      while (out.charAt(end - 1) == '0') {
        end--;
      }
      out.setLength(end);
    }
  }

  private static void pad(StringBuilder out, long number, int width) {
    long limit = 10;
    for (int i = 1; i < width; i++, limit *= 10) {
      if (number < limit) {
        for (int j = i; j < width; j++) {
          out.append('0');
        }
        break;
      }
    }
    out.append(number);
  }

  /** {@code yyyy-mm-dd}, blanks around it allowed. */
  public static int parseDate(String text) {
    TimeReader in = new TimeReader(text.strip());
    int days = in.date();
    if (days == TimeReader.BAD || !in.end()) {
      throw RowException.badCast(text, "DATE (yyyy-mm-dd)");
    }
    return days;
  }

  /** {@code hh:mm[:ss[.ffffff]]}. */
  public static long parseTime(String text) {
    TimeReader in = new TimeReader(text.strip());
    long micros = in.time();
    if (micros == TimeReader.BAD || !in.end()) {
      throw RowException.badCast(text, "TIME (hh:mm:ss)");
    }
    return micros;
  }

  /**
   * {@code yyyy-mm-dd[ hh:mm[:ss[.ffffff]]]}, with T instead of the blank, and with Z or an offset
   * from UTC if there is one. Decimals beyond microseconds are cut.
   */
  public static long parseTimestamp(String text) {
    TimeReader in = new TimeReader(text.strip().toUpperCase(Locale.ROOT));
    long micros = in.timestamp();
    if (micros == TimeReader.BAD || !in.end()) {
      throw RowException.badCast(text, "TIMESTAMP (yyyy-mm-dd hh:mm:ss.ffffff)");
    }
    return micros;
  }
}
