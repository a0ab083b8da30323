package io.millrace.analytics.state;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records again, by their offsets. Belongs to no group's membership. */
final class RangeReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
  private TopicPartition whole;
  private long end;
  private long quiet;

  /**
   * @param client how Kafka clients connect
   * @param group whose committed offsets can be asked for
   */
  RangeReader(Map<String, String> client, String group) {
    Map<String, Object> config = new HashMap<>(client);
    config.put("group.id", group);
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "none");
    config.put("allow.auto.create.topics", false);
    config.put("max.poll.records", 10_000);
    // A fetch that waits would hold up closing.
    config.put("fetch.max.wait.ms", 50);
    config.put("fetch.max.bytes", 8 << 20);
    config.put("max.partition.fetch.bytes", 2 << 20);
    config.put("receive.buffer.bytes", -1);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The offset from which the group goes on, or -1. */
  long committed(TopicPartition partition) {
    var offset = consumer.committed(java.util.Set.of(partition)).get(partition);
    return offset == null ? -1 : offset.offset();
  }

  /** Reads all that is committed in a partition. */
  void readAll(TopicPartition partition, BiConsumer<byte[], Long> receiver) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    long quiet = System.nanoTime();
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      consumer.poll(POLL).forEach(r -> receiver.accept(r.value(), r.timestamp()));
      quiet = silence(quiet, consumer.position(partition) > before, partition);
    }
  }

  /** Begins to read all that is committed in a partition, with {@link #readOn}. */
  void begin(TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    whole = partition;
    quiet = System.nanoTime();
    end = consumer.endOffsets(List.of(partition)).get(partition);
  }

  /**
   * Goes on with that for a while.
   *
   * @param receiver takes key and value of each record
   * @return whether that was all
   */
  boolean readOn(long untilNanos, BiConsumer<byte[], byte[]> receiver) {
    while (consumer.position(whole) < end) {
      long before = consumer.position(whole);
      consumer.poll(POLL).forEach(r -> receiver.accept(r.key(), r.value()));
      quiet = silence(quiet, consumer.position(whole) > before, whole);
      if (System.nanoTime() >= untilNanos) {
        return consumer.position(whole) >= end;
      }
    }
    return true;
  }

  /** Says which partitions {@link #read} will be called for, and from where. */
  void assign(Map<TopicPartition, Long> from) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    consumer.pause(from.keySet());
    read.clear();
    from.keySet().forEach(p -> read.put(p, new ArrayDeque<>()));
  }

  /** The first offset that is still there. */
  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions);
  }

  /**
   * The records of a range; ranges of one partition are read in growing order.
   *
   * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if they are not there any
   *     more
   */
  List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long from, long to) {
    Queue<ConsumerRecord<byte[], byte[]>> buffer = read.get(partition);
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
    long quiet = System.nanoTime();
    while (true) {
      while (!buffer.isEmpty() && buffer.peek().offset() < to) {
        ConsumerRecord<byte[], byte[]> record = buffer.remove();
        if (record.offset() >= from) {
          taken.add(record);
        }
      }
      if (!buffer.isEmpty() || consumer.position(partition) >= to) {
        return taken;
      }
      long before = consumer.position(partition);
      if (before < from) {
        consumer.seek(partition, from);
      }
      consumer.resume(List.of(partition));
      consumer.poll(POLL).forEach(r -> read.get(partitionOf(r)).add(r));
      consumer.pause(List.of(partition));
      quiet = silence(quiet, consumer.position(partition) > before, partition);
    }
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  private static long silence(long since, boolean moved, TopicPartition partition) {
    long now = System.nanoTime();
    if (moved) {
      return now;
    }
    if (now - since > LONGEST_SILENCE_NANOS) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          partition + " could not be read for a minute");
    }
    return since;
  }

  private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
