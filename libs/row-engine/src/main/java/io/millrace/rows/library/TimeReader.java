package io.millrace.rows.library;

/** Reads dates and times from a text, from left to right; {@link #BAD} is no date and no time. */
final class TimeReader {
  static final int BAD = Integer.MIN_VALUE;
  private static final int MOST_YEAR_DIGITS = 6;

  private final String text;
  private int at;

  TimeReader(String text) {
    this.text = text;
  }

  boolean end() {
    return at == text.length();
  }

  int date() {
    boolean negative = take('-');
    int from = at;
    int year = digits(4, MOST_YEAR_DIGITS);
    if (at == from || !take('-')) {
      return BAD;
    }
    int month = digits(1, 2);
    if (!take('-')) {
      return BAD;
    }
    int day = digits(1, 2);
    year = negative ? -year : year;
    if (month < 1 || month > 12 || day < 1 || day > CivilDate.monthLength(year, month)) {
      return BAD;
    }
    return CivilDate.days(year, month, day);
  }

  long time() {
    int hour = digits(1, 2);
    if (!take(':')) {
      return BAD;
    }
    int minute = digits(2, 2);
    int second = take(':') ? digits(2, 2) : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return BAD;
    }
    return hour * Times.HOUR + minute * Times.MINUTE + second * Times.SECOND + fraction();
  }

  private long fraction() {
    if (!take('.')) {
      return 0;
    }
    long micros = 0;
    long weight = Times.SECOND / 10;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      micros += weight * (text.charAt(at++) - '0');
      weight /= 10;
    }
    return micros;
  }

  long timestamp() {
    int days = date();
    if (days == BAD) {
      return BAD;
    }
    long micros = Times.ofDate(days);
    if (end()) {
      return micros;
    }
    if (!take(' ') && !take('T')) {
      return BAD;
    }
    long time = time();
    if (time == BAD) {
      return BAD;
    }
    return micros + time - offset();
  }

  /** An offset that is no offset leaves the reader before the end. */
  private long offset() {
    take(' ');
    if (take('Z')) {
      return 0;
    }
    boolean west = at < text.length() && text.charAt(at) == '-';
    int from = at;
    if (!take('+') && !take('-')) {
      return 0;
    }
    int hours = digits(2, 2);
    take(':');
    int minutes = end() ? 0 : digits(2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      at = from;
      return 0;
    }
    long offset = hours * Times.HOUR + minutes * Times.MINUTE;
    return west ? -offset : offset;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Between the least and the most ASCII digits; -1 when there are fewer. */
  private int digits(int least, int most) {
    int from = at;
    int number = 0;
    while (at < text.length()
        && at - from < most
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '9') {
      number = number * 10 + text.charAt(at++) - '0';
    }
    return at - from < least ? -1 : number;
  }
}
