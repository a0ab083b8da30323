package io.millrace.cep.join;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All rows of one side, the oldest first. Rows that come in the order of time go through a queue,
 * the others through a heap.
 */
final class Expiry {

  private static final Comparator<Held> ORDER =
      (a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : Long.compare(a.number, b.number);

  private final ArrayDeque<Held> inOrder = new ArrayDeque<>();
  private final PriorityQueue<Held> others = new PriorityQueue<>(ORDER);

  void add(Held row) {
    Held last = inOrder.peekLast();
    if (last == null || last.time <= row.time) {
      inOrder.addLast(row);
    } else {
      others.add(row);
    }
  }

  /** The oldest, or null. */
  Held first() {
    Held first = inOrder.peekFirst();
    Held other = others.peek();
    return other == null || (first != null && first.before(other)) ? first : other;
  }

  /** Takes the oldest out. */
  void removeFirst() {
    if (first() == inOrder.peekFirst()) {
      inOrder.pollFirst();
    } else {
      others.poll();
    }
  }

  /** Those that still need partners, the oldest first. */
  List<Held> rows() {
    List<Held> rows = new ArrayList<>(inOrder);
    rows.addAll(others);
    rows.removeIf(held -> held.row == null);
    rows.sort(ORDER);
    return rows;
  }
}
