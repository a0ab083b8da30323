package io.millrace.cep.match;

import io.millrace.cep.heap.HeapSize;

/** The rows of one partition that matches may still need, by their numbers: a ring. */
final class MatchRows {

  /** Bytes of heap of a place for a row, with what is in reserve. */
  private static final long PLACE = 18;

  private Object[][] rows = new Object[4][];
  private long[] times = new long[4];
  private int head;
  private int size;
  private long base;
  private long matches;

  /** What the rows take of the heap. */
  private long bytes;

  /** Forgets everything. */
  void clear() {
    while (size > 0) {
      dropFirst();
    }
    base = 0;
    matches = 0;
  }

  void add(Object[] row, long time) {
    if (size == rows.length) {
      grow();
    }
    int at = (head + size++) & (rows.length - 1);
    rows[at] = row;
    times[at] = time;
    bytes += HeapSize.row(row);
  }

  /** How many bytes of heap the rows take, about. */
  long heap() {
    return bytes + PLACE * size;
  }

  private void grow() {
    Object[][] moreRows = new Object[2 * size][];
    long[] moreTimes = new long[2 * size];
    for (int i = 0; i < size; i++) {
      int at = (head + i) & (size - 1);
      moreRows[i] = rows[at];
      moreTimes[i] = times[at];
    }
    rows = moreRows;
    times = moreTimes;
    head = 0;
  }

  /** The number of the first row that is here. */
  long from() {
    return base;
  }

  /** The number that the next row will have. */
  long to() {
    return base + size;
  }

  /** A row, or null when it is gone or there never was one. */
  Object[] row(long index) {
    return index < base ? null : rows[at(index)];
  }

  long time(long index) {
    return times[at(index)];
  }

  private int at(long index) {
    return (head + (int) (index - base)) & (rows.length - 1);
  }

  /** Forgets the rows before a number. */
  void dropBefore(long index) {
    while (base < index && size > 0) {
      dropFirst();
    }
  }

  private void dropFirst() {
    bytes -= HeapSize.row(rows[head]);
    rows[head] = null;
    head = (head + 1) & (rows.length - 1);
    size--;
    base++;
  }

  /** The number of the match that is looked for, from 1. */
  long matchNumber() {
    return matches + 1;
  }

  /** Counts a match that was given. */
  void matched() {
    matches++;
  }

  /** Takes over how many matches were given and which number the next row has. */
  void restore(long matches, long base) {
    this.matches = matches;
    this.base = base;
  }
}
