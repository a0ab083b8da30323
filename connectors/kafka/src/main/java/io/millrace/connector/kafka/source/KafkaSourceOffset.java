package io.millrace.connector.kafka.source;

import java.util.Map;
import java.util.TreeMap;

/** How far a partition was read, as Kafka Connect keeps it. */
final class KafkaSourceOffset {

  private KafkaSourceOffset() {}

  /**
   * What the position belongs to.
   *
   * @param topicId tells a topic from another of the same name that was there before it
   */
  static Map<String, Object> partition(String topic, String topicId, int partition) {
    // sorted: Kafka Connect finds a position by the bytes of this map, written in its order, and
    // the order of Map.of is another in every JVM
    return new TreeMap<>(Map.of("topic", topic, "id", topicId, "partition", (long) partition));
  }

  /** The position: the offset that comes next. */
  static Map<String, Object> offset(long next) {
    return Map.of("next", next);
  }

  /** The offset that comes next, or null when nothing was read yet. */
  static Long next(Map<String, Object> offset) {
    return offset == null ? null : ((Number) offset.get("next")).longValue();
  }
}
