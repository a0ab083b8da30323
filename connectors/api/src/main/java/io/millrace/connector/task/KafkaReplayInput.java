package io.millrace.connector.task;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the replays' topic without a group: positions are its caller's. */
final class KafkaReplayInput implements ReplayInput {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaReplayInput.class);
  private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;

  private final Map<String, Object> clientConfig;
  private final String topic;
  private KafkaConsumer<byte[], byte[]> consumer;
  private boolean assigned;
  private long lookAt = System.nanoTime();

  KafkaReplayInput(Map<String, Object> clientConfig, String application) {
    this.clientConfig = clientConfig;
    this.topic = Topics.replays(application);
  }

  @Override
  public List<Replay> poll(IntToLongFunction positions) {
    if (!assigned && !assign(positions)) {
      return List.of();
    }
    List<Replay> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
      found.add(new Replay(record.partition(), record.offset(), letter(record)));
    }
    return found;
  }

  private DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      return DeadLetters.read(record.value());
    } catch (IllegalArgumentException e) {
      LOG.warn("record {} of {} is passed over: {}", record.offset(), topic, e.getMessage());
      return null;
    }
  }

  /** The topic may come later than the source. */
  private boolean assign(IntToLongFunction positions) {
    if (System.nanoTime() - lookAt < 0) {
      return false;
    }
    lookAt = System.nanoTime() + LOOK_AGAIN_NANOS;
    if (consumer == null) {
      Map<String, Object> config = new HashMap<>(clientConfig);
      config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
      consumer = new KafkaConsumer<>(config);
    }
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      return false;
    }
    List<TopicPartition> all =
        partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    consumer.assign(all);
    all.forEach(p -> consumer.seek(p, positions.applyAsLong(p.partition())));
    assigned = true;
    return true;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
