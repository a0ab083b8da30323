package io.millrace.enrichment.cache;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.CaptureProgress;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether a cache that a stream feeds can be complete, and what was last seen of it. Used by the
 * loader's thread; what was seen may be asked for by any.
 */
final class CacheReadiness {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final StreamDefinition stream;
  private final Map<String, String> kafka;
  private boolean captured;
  private int partitions;
  private long next = System.nanoTime();
  private volatile boolean open;
  private volatile long rows;

  CacheReadiness(StreamDefinition stream, Map<String, String> kafka) {
    this.stream = stream;
    this.kafka = kafka;
    this.captured = stream.getKind() != StreamKind.CHANGES;
  }

  /**
   * Whether the first copy of the captured table is in the stream. What is at the stream's end
   * after that is all that the cache has to have.
   */
  boolean captured() {
    if ((!captured || partitions == 0) && System.nanoTime() - next >= 0) {
      next = System.nanoTime() + PAUSE_NANOS;
      ask();
    }
    return captured && partitions > 0;
  }

  int partitions() {
    return partitions;
  }

  void observe(boolean isOpen, long count) {
    open = isOpen;
    rows = count;
  }

  boolean isOpen() {
    return open;
  }

  long rows() {
    return rows;
  }

  private void ask() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      partitions = consumer.partitionsFor(stream.getTopic(), Duration.ofSeconds(10)).size();
      if (!captured) {
        captured = snapshotCompleted(consumer);
      }
    }
  }

  private boolean snapshotCompleted(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(Topics.CAPTURES, Duration.ofSeconds(10));
    List<TopicPartition> all =
        found.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
    if (all.isEmpty()) {
      return false;
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    boolean completed = false;
    while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        CaptureProgress progress = read(record);
        if (progress != null && stream.getTopic().equals(progress.getTopic())) {
          completed = progress.getSnapshotCompleted();
        }
      }
    }
    return completed;
  }

  private static CaptureProgress read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      return CaptureProgress.fromByteBuffer(ByteBuffer.wrap(record.value()));
    } catch (IOException e) {
      throw new IllegalStateException(
          "record %d of %s is no capture progress".formatted(record.offset(), Topics.CAPTURES), e);
    }
  }
}
