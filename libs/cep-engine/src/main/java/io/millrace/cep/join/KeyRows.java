package io.millrace.cep.join;

/** The rows of one key that wait, by side. */
final class KeyRows {

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
