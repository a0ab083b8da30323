package io.millrace.rows.library;

/**
 * Days of the proleptic Gregorian calendar as year, month and day. The conversion follows Howard
 * Hinnant, "chrono-compatible low-level date algorithms".
 */
final class CivilDate {

  private static final int DAYS_AN_ERA = 146_097;
  private static final int DAYS_TO_EPOCH = 719_468;

  private CivilDate() {}

  /** The days from 1970-01-01 to a date. */
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
  static long of(long days) {
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

  /** The year of the week that a day lies in, which is that of its Thursday. */
  static long isoYear(int days) {
    return year(of(days - Math.floorMod(days + 3, 7) + 3L));
  }
}
