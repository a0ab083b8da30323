package io.millrace.cep;

import io.millrace.rows.RowError;

/** Takes what a task gives. */
public interface TaskOutput {

  /**
   * A row of the result; the array is the receiver's to keep.
   *
   * @param time its event time, microseconds since the epoch
   */
  void row(Object[] row, long time);

  /** A row of the result that could not be computed; the others are not affected. */
  void failed(RowError error);
}
