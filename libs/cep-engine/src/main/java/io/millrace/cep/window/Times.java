package io.millrace.cep.window;

import io.millrace.rows.ErrorCode;
import io.millrace.rows.library.RowException;

/** The time column of a row. */
final class Times {

  private Times() {}

  /**
   * Microseconds.
   *
   * @throws RowException if it is NULL
   */
  static long of(Object[] row, int column) {
    if (row[column] instanceof Long time) {
      return time;
    }
    throw new RowException(
        ErrorCode.NO_EVENT_TIME, "the time that decides about the row's window is NULL");
  }
}
