package io.millrace.control.deadletter;

import io.millrace.control.ControlError;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.service.boot.KafkaSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the dead letters of an application from their topic, whole, each id once: the same failure
 * met twice is one dead letter.
 */
@Component
class DeadLetterReader {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaSettings kafka;

  DeadLetterReader(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** The dead letters, the latest first. */
  List<DeadLetter> read(String application) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    config.put("isolation.level", "read_committed");
    config.put("default.api.timeout.ms", 10_000);
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = Topics.deadLetters(application);
      List<PartitionInfo> infos = consumer.listTopics().getOrDefault(topic, List.of());
      List<TopicPartition> partitions =
          infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
      if (partitions.isEmpty()) {
        return List.of();
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())
          && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record, letters);
        }
      }
    } catch (KafkaException e) {
      throw ControlError.KAFKA_UNAVAILABLE.with(e.getMessage()).because(e);
    }
    List<DeadLetter> latestFirst = new ArrayList<>(letters.values());
    latestFirst.sort(Comparator.comparingLong(DeadLetter::getOccurredAt).reversed());
    return latestFirst;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, DeadLetter> letters) {
    if (record.value() == null) {
      return;
    }
    try {
      DeadLetter letter = DeadLetter.fromByteBuffer(ByteBuffer.wrap(record.value()));
      letters.put(letter.getId(), letter);
    } catch (IOException | RuntimeException e) {
      LOG.warn("record {} of {} is no dead letter", record.offset(), record.topic(), e);
    }
  }
}
