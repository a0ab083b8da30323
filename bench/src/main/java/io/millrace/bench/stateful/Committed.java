package io.millrace.bench.stateful;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts what an engine has committed to a topic. */
final class Committed {

  private Committed() {}

  static long rows(Map<String, String> kafka, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    config.put("isolation.level", "read_committed");
    config.put("max.poll.records", 10_000);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long rows = 0;
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        rows += consumer.poll(Duration.ofMillis(100)).count();
      }
      return rows;
    }
  }
}
