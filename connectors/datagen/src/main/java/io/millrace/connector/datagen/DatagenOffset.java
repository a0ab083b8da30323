package io.millrace.connector.datagen;

import java.util.Map;

/**
 * The position of one split. The events' numbers are dealt out to {@value #SPLITS} splits in turn,
 * so that any number of tasks up to that can share them, and a split's position outlives a change
 * of their number.
 */
final class DatagenOffset {

  static final int SPLITS = 16;

  private DatagenOffset() {}

  static Map<String, Long> partition(int split) {
    return Map.of("split", (long) split);
  }

  /** The number of the split's next event. */
  static Map<String, Long> offset(long next) {
    return Map.of("next", next);
  }

  /** The number of the split's next event, from what is stored or from the beginning. */
  static long next(int split, Map<String, Object> stored) {
    return stored == null ? split : ((Number) stored.get("next")).longValue();
  }
}
