package io.millrace.cep.over;

import java.util.Arrays;

/** The rows that are in the frames of their partitions, in the order of time: a ring. */
final class FrameRows {

  private static final int SMALLEST = 16;

  private Object[][] rows = new Object[SMALLEST][];
  private Partition[] partitions = new Partition[SMALLEST];
  private long[] times = new long[SMALLEST];
  private int head;
  private int size;

  void add(Object[] row, Partition partition, long time) {
    if (size == rows.length) {
      grow();
    }
    int at = (head + size++) & (rows.length - 1);
    rows[at] = row;
    partitions[at] = partition;
    times[at] = time;
  }

  private void grow() {
    rows = rotate(rows, Arrays.copyOf(rows, 2 * size));
    partitions = rotate(partitions, Arrays.copyOf(partitions, 2 * size));
    long[] longer = new long[2 * size];
    System.arraycopy(times, head, longer, 0, size - head);
    System.arraycopy(times, 0, longer, size - head, head);
    times = longer;
    head = 0;
  }

  private <T> T[] rotate(T[] from, T[] to) {
    System.arraycopy(from, head, to, 0, size - head);
    System.arraycopy(from, 0, to, size - head, head);
    return to;
  }

  int size() {
    return size;
  }

  Object[] row(int index) {
    return rows[(head + index) & (rows.length - 1)];
  }

  long time(int index) {
    return times[(head + index) & (rows.length - 1)];
  }

  /** Takes the first row out of its frame and tells whose it was; null when it is not so old. */
  Partition leave(long before) {
    if (size == 0 || times[head] >= before) {
      return null;
    }
    Partition partition = partitions[head];
    partition.leave(rows[head]);
    rows[head] = null;
    partitions[head] = null;
    head = (head + 1) & (rows.length - 1);
    size--;
    return partition;
  }
}
