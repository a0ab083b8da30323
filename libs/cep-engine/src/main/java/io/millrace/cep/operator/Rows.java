package io.millrace.cep.operator;

import io.millrace.rows.library.RowException;

/** Takes what an operator gives. */
@FunctionalInterface
public interface Rows {

  /**
   * One row; the array is the receiver's to keep.
   *
   * @param time its event time, microseconds since the epoch
   */
  void row(Object[] row, long time);

  /**
   * Instead of a row that could not be computed; the others are not affected.
   *
   * @throws RowException this one, unless the receiver can do better
   */
  default void failed(RowException reason) {
    throw reason;
  }
}
