package io.millrace.cep.order;

/** Rows in the order of their times, added behind and taken in front. */
final class RowRing {

  private static final int SMALLEST = 16;

  /** The lengths are a power of 2. */
  private Object[][] rows = new Object[SMALLEST][];

  private Object[] found = new Object[SMALLEST];
  private long[] times = new long[SMALLEST];
  private long[] numbers = new long[SMALLEST];
  private int head;
  private int size;

  int size() {
    return size;
  }

  void add(Object[] row, Object found, long time, long number) {
    if (size == rows.length) {
      grow();
    }
    int at = at(size++);
    rows[at] = row;
    this.found[at] = found;
    times[at] = time;
    numbers[at] = number;
  }

  private void grow() {
    Object[][] moreRows = new Object[2 * size][];
    Object[] moreFound = new Object[2 * size];
    long[] moreTimes = new long[2 * size];
    long[] moreNumbers = new long[2 * size];
    for (int i = 0; i < size; i++) {
      int at = at(i);
      moreRows[i] = rows[at];
      moreFound[i] = found[at];
      moreTimes[i] = times[at];
      moreNumbers[i] = numbers[at];
    }
    rows = moreRows;
    found = moreFound;
    times = moreTimes;
    numbers = moreNumbers;
    head = 0;
  }

  private int at(int index) {
    return (head + index) & (rows.length - 1);
  }

  Object[] row(int index) {
    return rows[at(index)];
  }

  Object found(int index) {
    return found[at(index)];
  }

  long time(int index) {
    return times[at(index)];
  }

  long number(int index) {
    return numbers[at(index)];
  }

  /** The time of the last row; there has to be one. */
  long tail() {
    return times[at(size - 1)];
  }

  Object[] removeFirst() {
    Object[] row = rows[head];
    rows[head] = null;
    found[head] = null;
    head = (head + 1) & (rows.length - 1);
    size--;
    return row;
  }
}
