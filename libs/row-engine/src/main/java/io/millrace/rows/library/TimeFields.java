package io.millrace.rows.library;

/** The fields of points in time and of intervals: EXTRACT. Called by compiled queries. */
public final class TimeFields {

  private TimeFields() {}

  /** A field of a timestamp. */
  public static long extract(String unit, long micros) {
    switch (unit) {
      case "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND":
        return extractTime(unit, Math.floorMod(micros, Times.DAY));
      case "EPOCH":
        return Math.floorDiv(micros, Times.SECOND);
      default:
        break;
    }
    int days = Times.toDate(micros);
    long civil = CivilDate.of(days);
    long year = CivilDate.year(civil);
    return switch (unit) {
      case "YEAR" -> year;
      case "QUARTER" -> (CivilDate.month(civil) - 1) / 3 + 1;
      case "MONTH" -> CivilDate.month(civil);
      case "WEEK" -> {
        int thursday = days - Math.floorMod(days + 3, 7) + 3;
        yield (thursday - CivilDate.days(CivilDate.year(CivilDate.of(thursday)), 1, 1)) / 7 + 1;
      }
      case "DAY" -> CivilDate.day(civil);
      case "DOW" -> Math.floorMod(days + 4, 7) + 1;
      case "ISODOW" -> Math.floorMod(days + 3, 7) + 1;
      case "DOY" -> days - CivilDate.days(year, 1, 1) + 1;
      case "ISOYEAR" -> CivilDate.isoYear(days);
      case "DECADE" -> Math.floorDiv(year, 10L);
      case "CENTURY" -> Math.floorDiv(year - 1, 100L) + 1;
      case "MILLENNIUM" -> Math.floorDiv(year - 1, 1000L) + 1;
      default -> throw RowException.badArgument(unit + " is no field of a timestamp");
    };
  }

  /** A field of a time of day. MILLISECOND and MICROSECOND hold the seconds too. */
  public static long extractTime(String unit, long micros) {
    return switch (unit) {
      case "HOUR" -> micros / Times.HOUR;
      case "MINUTE" -> micros / Times.MINUTE % 60;
      case "SECOND" -> micros / Times.SECOND % 60;
      case "MILLISECOND" -> micros % Times.MINUTE / 1000;
      case "MICROSECOND" -> micros % Times.MINUTE;
      case "NANOSECOND" -> micros % Times.MINUTE * 1000;
      case "EPOCH" -> micros / Times.SECOND;
      default -> throw RowException.badArgument(unit + " is no field of a time");
    };
  }

  /** A field of a day-time interval; all fields have its sign. */
  public static long extractDayTime(String unit, long micros) {
    return switch (unit) {
      case "DAY" -> micros / Times.DAY;
      case "HOUR" -> micros / Times.HOUR % 24;
      case "EPOCH" -> micros / Times.SECOND;
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
}
