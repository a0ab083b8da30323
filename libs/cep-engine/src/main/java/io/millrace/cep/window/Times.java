package io.millrace.cep.window;

import io.millrace.rows.ErrorCode;
import io.millrace.rows.library.RowException;

/** The time column of a row. */
final class Times {

  /** Some 73,000 years: what lies beyond is no time, and windows around it could not be told. */
  private static final long FARTHEST = 1L << 61;

  private Times() {}

  /**
   * Microseconds.
   *
   * @throws RowException if it is NULL, or far beyond all calendars
   */
  static long of(Object[] row, int column) {
    if (row[column] instanceof Long time) {
      if (Math.abs(time) > FARTHEST || time == Long.MIN_VALUE) {
        throw RowException.badArgument("no window holds a time as far away as " + time + " µs");
      }
      return time;
    }
    throw new RowException(
        ErrorCode.NO_EVENT_TIME, "the time that decides about the row's window is NULL");
  }
}
