package io.millrace.connector.cdc.plugin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads timestamps as PostgreSQL writes them with {@code DateStyle = ISO}. */
final class TimestampText {

  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int SHORTEST = "2000-01-01 00:00:00".length();
  private static final int MOST_DIGITS = 6;

  /** Hours; PostgreSQL takes no more than 15:59. */
  private static final int LARGEST_OFFSET = 15;

  private TimestampText() {}

  /**
   * The time that a text means at UTC.
   *
   * @param from where it begins; it goes to the end
   * @return null unless it has the form {@code yyyy-MM-dd HH:mm:ss}, with or without up to six
   *     digits of a second, and is a time that there is
   */
  static Instant instant(String text, int from) {
    return instant(text, from, text.length());
  }

  /**
   * The time that a text with an offset from UTC means.
   *
   * @param from where it begins; it goes to the end
   * @return at UTC; null unless it has the form of {@link #instant}, followed by a sign and hours,
   *     with or without minutes
   */
  static OffsetDateTime zoned(String text, int from) {
    int end = text.length();
    int sign = end - (end > 3 && text.charAt(end - 3) == ':' ? 6 : 3);
    if (sign < from + SHORTEST || (text.charAt(sign) != '+' && text.charAt(sign) != '-')) {
      return null;
    }
    Instant local = instant(text, from, sign);
    int hours = number(text, sign + 1, 2);
    int minutes = end - sign == 6 ? number(text, sign + 4, 2) : 0;
    if (local == null || (hours | minutes) < 0 || minutes > 59 || hours > LARGEST_OFFSET) {
      return null;
    }
    int east = (hours * 60 + minutes) * 60;
    return OffsetDateTime.ofInstant(
        local.minusSeconds(text.charAt(sign) == '+' ? east : -east), ZoneOffset.UTC);
  }

  private static Instant instant(String text, int from, int to) {
    int length = to - from;
    if (length < SHORTEST || length == SHORTEST + 1 || length > SHORTEST + 1 + MOST_DIGITS) {
      return null;
    }
    int high = number(text, from, 2);
    int low = number(text, from + 2, 2);
    int month = number(text, from + 5, 2);
    int day = number(text, from + 8, 2);
    int hour = number(text, from + 11, 2);
    int minute = number(text, from + 14, 2);
    int second = number(text, from + 17, 2);
    if ((high | low | month | day | hour | minute | second) < 0
        || text.charAt(from + 4) != '-'
        || text.charAt(from + 7) != '-'
        || text.charAt(from + 10) != ' '
        || text.charAt(from + 13) != ':'
        || text.charAt(from + 16) != ':') {
      return null;
    }
    int nanos = 0;
    if (length > SHORTEST) {
      int digits = length - SHORTEST - 1;
      nanos = text.charAt(from + SHORTEST) == '.' ? number(text, from + SHORTEST + 1, digits) : -1;
      if (nanos < 0) {
        return null;
      }
      for (int i = digits; i < 9; i++) {
        nanos *= 10;
      }
    }
    int year = high * 100 + low;
    if (year == 0 || !isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    return Instant.ofEpochSecond(
        epochDay(year, month, day) * 86_400L + hour * 3600 + minute * 60 + second, nanos);
  }

  /** Negative if one of the characters is no digit. */
  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static boolean isDay(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= DAYS[month - 1] + (leap && month == 2 ? 1 : 0);
  }

  /**
   * Days since 1970-01-01 in the proleptic Gregorian calendar: years are counted from March, so
   * that the leap day is the last. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
   */
  private static long epochDay(int year, int month, int day) {
    int shifted = month > 2 ? year : year - 1;
    int era = shifted / 400;
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
