package io.millrace.rows.library;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Keeps what was made of the texts that are not constant; starts again when there are many. */
final class Cache<V> {
  private static final int MOST = 1000;
  private final ConcurrentHashMap<String, V> made = new ConcurrentHashMap<>();
  private final Function<String, V> maker;

  Cache(Function<String, V> maker) {
    this.maker = maker;
  }

  V get(String text) {
    V known = made.get(text);
    if (known == null) {
      known = maker.apply(text);
      if (made.size() >= MOST) {
        made.clear();
      }
      made.put(text, known);
    }
    return known;
  }
}
