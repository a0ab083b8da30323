package io.millrace.cep.window;

import io.millrace.cep.heap.HeapSize;

/**
 * A session of one key that has not ended.
 *
 * @param <C> what is kept of its rows
 */
final class Session<C> {

  /** Bytes of heap of one, with its places in a map and a queue and its key but for its values. */
  private static final long HEAP = 64 + 24 + HeapSize.MAP_ENTRY + HeapSize.SLOT;

  final SessionKey key;

  /** Sessions are numbered as they begin; one that others merge into has the lowest number. */
  long number;

  long start;
  long end;
  C content;

  /** When to look at it again; it may have gone on by then. */
  long timer;

  /** Whether it has been merged into another one. */
  boolean merged;

  /** The next one of its key by time. */
  Session<C> next;

  Session(SessionKey key, long number, long start, long end, C content) {
    this.key = key;
    this.number = number;
    this.start = start;
    this.end = end;
    this.content = content;
    this.timer = end;
  }

  /** How many bytes of heap it takes without its content, which has the values of its key too. */
  long heap() {
    return HEAP + HeapSize.array(key.values.length);
  }
}
