package io.millrace.rows.library;

/** Arithmetic in units of time that are named. Called by compiled queries. */
public final class TimeUnits {

  private TimeUnits() {}

  /** {@code TIMESTAMPADD}. */
  public static long add(String unit, long count, long micros) {
    return switch (unit) {
      case "NANOSECOND" -> Times.add(micros, count / 1000);
      case "MICROSECOND" -> Times.add(micros, count);
      case "MONTH" -> Times.addMonths(micros, count);
      case "QUARTER" -> Times.addMonths(micros, Times.times(count, 3));
      case "YEAR" -> Times.addMonths(micros, Times.times(count, 12));
      case "DECADE" -> Times.addMonths(micros, Times.times(count, 120));
      case "CENTURY" -> Times.addMonths(micros, Times.times(count, 1200));
      default -> Times.add(micros, Times.times(count, length(unit)));
    };
  }

  /** {@code TIMESTAMPDIFF}: how many whole units it is from the first to the second. */
  public static long difference(String unit, long from, long to) {
    return switch (unit) {
      case "NANOSECOND" -> Times.times(Times.subtract(to, from), 1000);
      case "MICROSECOND" -> Times.subtract(to, from);
      case "MONTH" -> months(from, to);
      case "QUARTER" -> months(from, to) / 3;
      case "YEAR" -> months(from, to) / 12;
      case "DECADE" -> months(from, to) / 120;
      case "CENTURY" -> months(from, to) / 1200;
      default -> Times.subtract(to, from) / length(unit);
    };
  }

  /** Whole months, as java.time counts them: a day that is not over yet does not count. */
  private static long months(long from, long to) {
    int first = Times.toDate(from);
    int last = Times.toDate(to);
    long timeFirst = Math.floorMod(from, Times.DAY);
    long timeLast = Math.floorMod(to, Times.DAY);
    if (last > first && timeLast < timeFirst) {
      last--;
    } else if (last < first && timeLast > timeFirst) {
      last++;
    }
    return (packed(last) - packed(first)) / 32;
  }

  private static long packed(int days) {
    long civil = CivilDate.of(days);
    return (CivilDate.year(civil) * 12 + CivilDate.month(civil) - 1) * 32 + CivilDate.day(civil);
  }

  private static long length(String unit) {
    return switch (unit) {
      case "MILLISECOND" -> 1000;
      case "SECOND" -> Times.SECOND;
      case "MINUTE" -> Times.MINUTE;
      case "HOUR" -> Times.HOUR;
      case "DAY" -> Times.DAY;
      case "WEEK" -> 7 * Times.DAY;
      default -> throw RowException.badArgument(unit + " is no unit of time here");
    };
  }

  /** The begin of the unit that a timestamp lies in. Weeks begin on Monday. */
  public static long floor(String unit, long micros) {
    switch (unit) {
      case "NANOSECOND", "MICROSECOND":
        return micros;
      case "MILLISECOND":
        return micros - Math.floorMod(micros, 1000L);
      case "SECOND":
        return micros - Math.floorMod(micros, Times.SECOND);
      case "MINUTE":
        return micros - Math.floorMod(micros, Times.MINUTE);
      case "HOUR":
        return micros - Math.floorMod(micros, Times.HOUR);
      case "DAY":
        return micros - Math.floorMod(micros, Times.DAY);
      case "WEEK":
        {
          int days = Times.toDate(micros);
          return Times.ofDate(days - Math.floorMod(days + 3, 7));
        }
      default:
        break;
    }
    long civil = CivilDate.of(Times.toDate(micros));
    long year = CivilDate.year(civil);
    int month = CivilDate.month(civil);
    return switch (unit) {
      case "MONTH" -> Times.ofDate(CivilDate.days(year, month, 1));
      case "QUARTER" -> Times.ofDate(CivilDate.days(year, (month - 1) / 3 * 3 + 1, 1));
      case "YEAR" -> Times.ofDate(CivilDate.days(year, 1, 1));
      case "ISOYEAR" -> {
        long weekYear = CivilDate.isoYear(Times.toDate(micros));
        yield floor("WEEK", Times.ofDate(CivilDate.days(weekYear, 1, 4)));
      }
      case "DECADE" -> Times.ofDate(CivilDate.days(Math.floorDiv(year, 10L) * 10, 1, 1));
      case "CENTURY" -> Times.ofDate(CivilDate.days(Math.floorDiv(year - 1, 100L) * 100 + 1, 1, 1));
      case "MILLENNIUM" ->
          Times.ofDate(CivilDate.days(Math.floorDiv(year - 1, 1000L) * 1000 + 1, 1, 1));
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
      case "ISOYEAR" -> floor("ISOYEAR", Times.add(floor, 371 * Times.DAY));
      case "MILLENNIUM" -> Times.addMonths(floor, 12_000);
      default -> add(unit, 1, floor);
    };
  }
}
