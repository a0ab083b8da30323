package io.millrace.cep.join;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.heap.RowsMeter;
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

  /** Bytes of heap of one that is held, with its places here and among the rows of its key. */
  private static final long HEAP = 40 + 2 * HeapSize.SLOT;

  private final RowsMeter heap = new RowsMeter();
  private final ArrayDeque<Held> inOrder = new ArrayDeque<>();
  private final PriorityQueue<Held> others = new PriorityQueue<>(ORDER);

  void add(Held row) {
    heap.add(row.row);
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

  /** How many bytes of heap the rows take, about. */
  long heap() {
    return heap.bytes() + HEAP * (inOrder.size() + others.size());
  }

  /** Tells that a row needs no partner any more. */
  void matched(Held row) {
    row.row = null;
    heap.remove();
  }

  /** Takes the oldest out. */
  void removeFirst() {
    Held first = first() == inOrder.peekFirst() ? inOrder.pollFirst() : others.poll();
    if (first.row != null) {
      heap.remove();
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
