package io.millrace.rows.library;

import java.util.Locale;

/** Points in time and intervals as texts, and back. Called by compiled queries. */
public final class TimeTexts {

  private TimeTexts() {}

  /** {@code 2026-01-31}. */
  public static String dateText(int days) {
    StringBuilder out = new StringBuilder(10);
    appendDate(out, days);
    return out.toString();
  }

  /** {@code 08:15:00.5}: as many decimals as there are. */
  public static String timeText(long micros) {
    StringBuilder out = new StringBuilder(15);
    appendTime(out, micros);
    return out.toString();
  }

  /** {@code 2026-01-31 08:15:00.5}: as many decimals as there are. */
  public static String timestampText(long micros) {
    StringBuilder out = new StringBuilder(26);
    appendDate(out, Times.toDate(micros));
    out.append(' ');
    appendTime(out, Math.floorMod(micros, Times.DAY));
    return out.toString();
  }

  /** {@code 1 02:03:04.5}, with a sign in front when negative. */
  public static String dayTimeText(long micros) {
    long size = Math.abs(micros);
    return (micros < 0 ? "-" : "") + size / Times.DAY + " " + timeText(size % Times.DAY);
  }

  /** {@code 1-02}: years and months. */
  public static String yearMonthText(long months) {
    long size = Math.abs(months);
    return (months < 0 ? "-" : "") + "%d-%02d".formatted(size / 12, size % 12);
  }

  private static void appendDate(StringBuilder out, int days) {
    long civil = CivilDate.of(days);
    long year = CivilDate.year(civil);
    if (year < 0) {
      out.append('-');
    }
    pad(out, Math.abs(year), 4);
    pad(out.append('-'), CivilDate.month(civil), 2);
    pad(out.append('-'), CivilDate.day(civil), 2);
  }

  private static void appendTime(StringBuilder out, long micros) {
    pad(out, micros / Times.HOUR, 2);
    pad(out.append(':'), micros / Times.MINUTE % 60, 2);
    pad(out.append(':'), micros / Times.SECOND % 60, 2);
    long fraction = micros % Times.SECOND;
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
