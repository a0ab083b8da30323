package io.millrace.cep.operator;

/** Takes what an operator gives. */
@FunctionalInterface
public interface Rows {

  /**
   * One row; the array is the receiver's to keep.
   *
   * @param time its event time, microseconds since the epoch
   */
  void row(Object[] row, long time);
}
