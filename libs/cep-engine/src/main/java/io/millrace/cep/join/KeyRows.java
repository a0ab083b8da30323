package io.millrace.cep.join;

import io.millrace.cep.heap.HeapSize;

/** The rows of one key that wait, by side. */
final class KeyRows {

  /** Bytes of heap of one with its key and its place in a map, without the rows. */
  static final long HEAP = 24 + 2 * 24 + 2 * 24 + 24 + HeapSize.MAP_ENTRY;

  final Object key;
  final SortedRows left = new SortedRows();
  final SortedRows right = new SortedRows();

  KeyRows(Object key) {
    this.key = key;
  }

  SortedRows side(int side) {
    return side == 0 ? left : right;
  }

  boolean isEmpty() {
    return left.size() == 0 && right.size() == 0;
  }
}
