package io.millrace.control.deadletter;

import io.millrace.control.ControlError;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.service.boot.KafkaSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
 * met twice is one dead letter. Which were sent to be processed again says the topic of replays.
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

  /**
   * A dead letter.
   *
   * @param replayedAt when it was last sent to be processed again, in milliseconds since the epoch;
   *     null when it was not
   */
  record Kept(DeadLetter letter, Long replayedAt) {}

  /** The dead letters, the latest first. */
  List<Kept> read(String application) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    config.put("isolation.level", "read_committed");
    config.put("default.api.timeout.ms", 10_000);
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    Map<String, Long> replayed = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String topic = Topics.deadLetters(application);
      Map<String, List<PartitionInfo>> known = consumer.listTopics();
      List<TopicPartition> partitions =
          Stream.of(topic, Topics.replays(application))
              .flatMap(name -> known.getOrDefault(name, List.of()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
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
          if (record.topic().equals(topic)) {
            take(record, letters);
          } else if (record.key() != null) {
            replayed.put(new String(record.key(), StandardCharsets.UTF_8), record.timestamp());
          }
        }
      }
    } catch (KafkaException e) {
      throw ControlError.KAFKA_UNAVAILABLE.with(e.getMessage()).because(e);
    }
    return letters.values().stream()
        .sorted(Comparator.comparingLong(DeadLetter::getOccurredAt).reversed())
        .map(letter -> new Kept(letter, replayed.get(letter.getId())))
        .toList();
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
