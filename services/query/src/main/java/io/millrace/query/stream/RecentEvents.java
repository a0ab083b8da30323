package io.millrace.query.stream;

import io.millrace.schemas.event.SchemaStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the last events of a stream's topic. */
final class RecentEvents {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** With a filter, how far back it looks for events that pass. */
  private static final long LOOK_BACK = 100_000;

  private final Map<String, Object> kafkaClient;
  private final SchemaStore schemas;

  RecentEvents(Map<String, Object> kafkaClient, SchemaStore schemas) {
    this.kafkaClient = kafkaClient;
    this.schemas = schemas;
  }

  /**
   * The last events of a topic that pass the filter, oldest first by event time.
   *
   * @param limit at most so many
   */
  List<StreamEvent> last(String topic, int limit, RowFilter filter) {
    boolean all = RowFilter.ALL.equals(filter);
    EventRenderer renderer = new EventRenderer(schemas, filter);
    List<StreamEvent> found = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafkaClient, topic)) {
      Map<TopicPartition, Long> ends = reader.ends();
      Map<TopicPartition, Long> beginnings = reader.beginnings();
      // Markers of transactions and watermarks take offsets too: when too few events are in reach,
      // look further.
      for (long reach = all ? Math.max(limit * 2L, 64) : LOOK_BACK; ; reach *= 8) {
        found.clear();
        boolean whole = readFrom(reader, beginnings, ends, reach, limit, renderer, found);
        if (whole || found.size() >= limit || !all) {
          break;
        }
      }
    }
    found.sort(
        Comparator.comparingLong(StreamEvent::timestamp).thenComparingLong(StreamEvent::offset));
    return found.size() <= limit
        ? found
        : new ArrayList<>(found.subList(found.size() - limit, found.size()));
  }

  /** Reads the last {@code reach} offsets of every partition; returns whether that was all. */
  private static boolean readFrom(
      TopicReader reader,
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends,
      long reach,
      int limit,
      EventRenderer renderer,
      List<StreamEvent> found) {
    boolean whole = true;
    for (TopicPartition partition : reader.partitions()) {
      long beginning = beginnings.get(partition);
      long start = Math.max(beginning, ends.get(partition) - reach);
      whole &= start == beginning;
      reader.seek(partition, start);
    }
    Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> tails = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean filtered = renderer.filters();
    while (behind(reader, ends) && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> kafkaRecord : reader.poll(Duration.ofMillis(200))) {
        if (!EventRenderer.isEvent(kafkaRecord)) {
          continue;
        }
        if (filtered) {
          renderer.render(kafkaRecord).ifPresent(found::add);
          continue;
        }
        Deque<ConsumerRecord<byte[], byte[]>> tail =
            tails.computeIfAbsent(
                new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition()),
                _ -> new ArrayDeque<>());
        tail.addLast(kafkaRecord);
        if (tail.size() > limit) {
          tail.removeFirst();
        }
      }
    }
    tails.values().forEach(t -> t.forEach(r -> renderer.render(r).ifPresent(found::add)));
    return whole;
  }

  private static boolean behind(TopicReader reader, Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (reader.position(end.getKey()) < end.getValue()) {
        return true;
      }
    }
    return false;
  }
}
