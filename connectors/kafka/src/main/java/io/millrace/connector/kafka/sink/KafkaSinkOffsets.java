package io.millrace.connector.kafka.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The positions of sinks, on the compacted topic {@value #TOPIC} of the target cluster: the key is
 * {@code sink|topic id|topic|partition}, the value the offset that comes next, both as text. Not
 * thread-safe.
 */
final class KafkaSinkOffsets implements AutoCloseable {

  static final String TOPIC = "millrace.sink-offsets";

  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, Object> client;
  private final Map<String, Long> positions = new HashMap<>();
  private KafkaConsumer<byte[], byte[]> consumer;
  private Admin admin;

  KafkaSinkOffsets(Map<String, Object> client) {
    this.client = client;
  }

  /** The key of one position. */
  static String key(String sink, String topicId, TopicPartition partition) {
    return "%s|%s|%s|%d".formatted(sink, topicId, partition.topic(), partition.partition());
  }

  /** The record that moves a position. */
  static ProducerRecord<byte[], byte[]> record(String key, long next) {
    return new ProducerRecord<>(
        TOPIC,
        0,
        key.getBytes(StandardCharsets.UTF_8),
        Long.toString(next).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Every position that is committed now. Transactions of others that began before are waited for:
   * what was committed behind them is not readable earlier.
   *
   * @throws TimeoutException if they do not end
   */
  Map<String, Long> read() {
    if (consumer == null) {
      open();
    }
    long end = end();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(PARTITION) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        if (record.value() != null) {
          positions.put(
              new String(record.key(), StandardCharsets.UTF_8),
              Long.parseLong(new String(record.value(), StandardCharsets.UTF_8)));
        }
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("transactions on " + TOPIC + " do not end");
      }
    }
    return positions;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      consumer = null;
      admin.close(Duration.ZERO);
      positions.clear();
    }
  }

  private void open() {
    Map<String, Object> config = new HashMap<>(client);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    admin = Admin.create(client);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
  }

  private long end() {
    try {
      return admin
          .listOffsets(
              Map.of(PARTITION, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .partitionResult(PARTITION)
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .offset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException(TOPIC + " cannot be read", e);
    }
  }
}
