package io.millrace.connector.kafka.sink;

import io.millrace.connector.sink.SinkInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Delivers one partition, a transaction a batch. Not thread-safe. */
final class PartitionWriter implements AutoCloseable {

  private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

  /** A round trip each: far within the transaction's time. */
  private static final int EXAMINED_IN_A_TRANSACTION = 500;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String positionKey;

  /** A record to be written for an event. */
  record Item(SinkInput input, ProducerRecord<byte[], byte[]> record) {}

  /**
   * Opens the producer; from now on nobody else can write this partition.
   *
   * @param id identifies the sink and the partition
   * @param positionKey of the position on the topic of positions
   */
  PartitionWriter(KafkaSinkConfig config, String id, String positionKey) {
    this.positionKey = positionKey;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    settings.putAll(config.client());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  String positionKey() {
    return positionKey;
  }

  /**
   * Writes the records and the position in one transaction. Records that the cluster refuses are
   * left out; those whose time it refuses get the time of writing instead.
   *
   * @return what was refused, with the reason
   */
  Map<SinkInput, String> write(List<Item> items, long next) {
    Refusals refusals = new Refusals();
    while (true) {
      Map<SinkInput, Exception> suspects = attempt(items, next, refusals);
      if (suspects.isEmpty()) {
        return refusals.records;
      }
      if (suspects.size() == 1) {
        suspects.forEach(refusals::add);
      } else {
        examine(items.stream().filter(i -> suspects.containsKey(i.input())).toList(), refusals);
      }
    }
  }

  /**
   * Writes everything that is not refused so far; aborts if more is.
   *
   * @return whose writing ended in a refusal: the records to blame, and others that the producer
   *     had not sent when the first was refused, which end with that one's error
   */
  private Map<SinkInput, Exception> attempt(List<Item> items, long next, Refusals refusals) {
    Map<SinkInput, Exception> suspects = new ConcurrentHashMap<>();
    producer.beginTransaction();
    try {
      for (Item item : items) {
        if (!refusals.records.containsKey(item.input())) {
          send(item, refusals, suspects);
        }
      }
      producer.send(KafkaSinkOffsets.record(positionKey, next));
      producer.flush();
      if (suspects.isEmpty()) {
        producer.commitTransaction();
        return suspects;
      }
    } catch (RuntimeException e) {
      if (suspects.isEmpty()) {
        throw e;
      }
    }
    producer.abortTransaction();
    return suspects;
  }

  /** Tells the records to blame from the others: each is sent when no other is on its way. */
  private void examine(List<Item> suspects, Refusals refusals) {
    int open = 0;
    boolean found = false;
    for (Item suspect : suspects) {
      if (open++ == 0) {
        producer.beginTransaction();
      }
      Map<SinkInput, Exception> refused = new ConcurrentHashMap<>();
      send(suspect, refusals, refused);
      producer.flush();
      if (!refused.isEmpty() || open == EXAMINED_IN_A_TRANSACTION) {
        producer.abortTransaction();
        open = 0;
      }
      found |= !refused.isEmpty();
      refused.forEach(refusals::add);
    }
    if (open > 0) {
      producer.abortTransaction();
    }
    if (!found) {
      throw new KafkaException(
          "%d records are refused together and none of them alone".formatted(suspects.size()));
    }
  }

  private void send(Item item, Refusals refusals, Map<SinkInput, Exception> refused) {
    ProducerRecord<byte[], byte[]> record =
        refusals.times.contains(item.input()) ? untimed(item.record()) : item.record();
    producer.send(
        record,
        (metadata, e) -> {
          if (Refusals.is(e)) {
            refused.put(item.input(), e);
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> untimed(ProducerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), record.partition(), null, record.key(), record.value(), record.headers());
  }

  /** What the cluster refuses, with the reasons, and whose time it refuses. */
  private static final class Refusals {

    final Map<SinkInput, String> records = new HashMap<>();
    final Set<SinkInput> times = new HashSet<>();

    static boolean is(Exception e) {
      return e instanceof RecordTooLargeException
          || e instanceof InvalidTimestampException
          || e instanceof InvalidRecordException;
    }

    void add(SinkInput input, Exception e) {
      if (e instanceof InvalidTimestampException) {
        times.add(input);
      } else {
        records.put(input, e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
