package io.millrace.rows;

/** Takes what a batch gives. */
public interface RowSink {

  /**
   * A row of the result. The array is the receiver's to keep.
   *
   * @param index the position in the batch of the row it was made from
   */
  void row(int index, Object[] row);

  /** A row that could not be processed; the others are not affected. */
  void failed(RowError error);

  /** How many rows of the batch did not find their key in a cache. Called when there are any. */
  default void missed(String cache, int rows) {}
}
