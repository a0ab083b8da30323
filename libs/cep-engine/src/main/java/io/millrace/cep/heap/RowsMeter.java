package io.millrace.cep.heap;

/**
 * Counts what rows take of the heap that are held about equally long, whatever their size: each
 * that leaves takes with it what they take on average. Not thread-safe.
 */
public final class RowsMeter {

  /** Since the last look as they came, and how many have left since. */
  private long bytes;

  private long rows;
  private long left;

  /** A row has come. */
  public void add(Object[] row) {
    bytes += HeapSize.row(row);
    rows++;
  }

  /** One of the rows has left. */
  public void remove() {
    left++;
  }

  /** How many bytes of heap the rows take that are there, about. */
  public long bytes() {
    if (left > 0) {
      bytes = left >= rows ? 0 : bytes - Math.round((double) bytes / rows * left);
      rows = Math.max(0, rows - left);
      left = 0;
    }
    return bytes;
  }
}
