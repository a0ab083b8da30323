package io.millrace.cep.over;

import io.millrace.cep.heap.HeapSize;

/** The rows in the frame of one partition, in the order of time: a ring. */
final class FrameRows {

  private static final int SMALLEST = 4;

  /** Bytes of heap of an empty one, and of a place for a row with what is in reserve. */
  private static final long HEAP = 32 + 32 + 48;

  private static final long PLACE = 18;

  private Object[][] rows = new Object[SMALLEST][];
  private long[] times = new long[SMALLEST];
  private int head;
  private int size;

  /** What the rows take of the heap. */
  private long bytes;

  void add(Object[] row, long time) {
    if (size == rows.length) {
      grow();
    }
    int at = (head + size++) & (rows.length - 1);
    rows[at] = row;
    times[at] = time;
    bytes += HeapSize.row(row);
  }

  /** How many bytes of heap it takes with its rows, about. */
  long heap() {
    return HEAP + PLACE * size + bytes;
  }

  private void grow() {
    Object[][] moreRows = new Object[2 * size][];
    long[] moreTimes = new long[2 * size];
    for (int i = 0; i < size; i++) {
      moreRows[i] = row(i);
      moreTimes[i] = time(i);
    }
    rows = moreRows;
    times = moreTimes;
    head = 0;
  }

  int size() {
    return size;
  }

  /** A row by its place, the oldest is 0. */
  Object[] row(int index) {
    return rows[(head + index) & (rows.length - 1)];
  }

  long time(int index) {
    return times[(head + index) & (rows.length - 1)];
  }

  /** Takes the oldest row out. */
  Object[] removeFirst() {
    Object[] row = rows[head];
    rows[head] = null;
    head = (head + 1) & (rows.length - 1);
    size--;
    bytes -= HeapSize.row(row);
    return row;
  }
}
