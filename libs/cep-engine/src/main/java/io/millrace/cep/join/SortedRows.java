package io.millrace.cep.join;

import java.util.Arrays;

/** Rows in the order of time and arrival; appending and taking the first are cheap. */
final class SortedRows {

  private static final Held[] NONE = {};

  private Held[] rows = NONE;
  private int head;
  private int tail;

  int size() {
    return tail - head;
  }

  /** A row by its position, from 0. */
  Held get(int index) {
    return rows[head + index];
  }

  /** Takes a row whose number is above those of all the others. */
  void add(Held row) {
    if (tail == rows.length) {
      makeRoom();
    }
    int at = tail++;
    while (at > head && row.time < rows[at - 1].time) {
      at--;
    }
    if (at < tail - 1) {
      System.arraycopy(rows, at, rows, at + 1, tail - 1 - at);
    }
    rows[at] = row;
  }

  /** How many rows are of a time before {@code time}. */
  int before(long time) {
    // Partners are mostly among the newest, or there are only a few rows.
    int low = head;
    int high = tail;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows[middle].time < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - head;
  }

  void remove(Held row) {
    if (rows[head] == row) {
      rows[head++] = null;
      if (head == tail) {
        head = 0;
        tail = 0;
      }
      return;
    }
    int at = head + before(row.time);
    while (rows[at] != row) {
      at++;
    }
    System.arraycopy(rows, at + 1, rows, at, tail - at - 1);
    rows[--tail] = null;
  }

  private void makeRoom() {
    int size = size();
    if (head > size) {
      System.arraycopy(rows, head, rows, 0, size);
      Arrays.fill(rows, size, tail, null);
    } else {
      Held[] larger = new Held[Math.max(2, size * 2)];
      System.arraycopy(rows, head, larger, 0, size);
      rows = larger;
    }
    head = 0;
    tail = size;
  }
}
