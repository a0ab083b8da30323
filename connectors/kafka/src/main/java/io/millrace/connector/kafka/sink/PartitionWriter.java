package io.millrace.connector.kafka.sink;

import io.millrace.connector.sink.SinkInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Delivers one partition, a transaction a batch. Not thread-safe. */
final class PartitionWriter implements AutoCloseable {

  private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

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
    Refusals all = new Refusals();
    while (true) {
      Refusals found = attempt(items, next, all);
      if (found.isEmpty()) {
        return all.records;
      }
      all.add(found);
    }
  }

  private Refusals attempt(List<Item> items, long next, Refusals known) {
    Refusals found = new Refusals();
    producer.beginTransaction();
    try {
      for (Item item : items) {
        if (!known.records.containsKey(item.input())) {
          boolean timed = !known.times.contains(item.input());
          producer.send(
              timed ? item.record() : untimed(item.record()),
              (metadata, e) -> found.note(item.input(), e));
        }
      }
      producer.send(KafkaSinkOffsets.record(positionKey, next));
      producer.flush();
      if (found.isEmpty()) {
        producer.commitTransaction();
        return found;
      }
    } catch (RuntimeException e) {
      if (found.isEmpty()) {
        throw e;
      }
    }
    producer.abortTransaction();
    return found;
  }

  private static ProducerRecord<byte[], byte[]> untimed(ProducerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), record.partition(), null, record.key(), record.value(), record.headers());
  }

  /** What the cluster refuses of one attempt or of several. */
  private static final class Refusals {

    final Map<SinkInput, String> records = new ConcurrentHashMap<>();
    final Set<SinkInput> times = ConcurrentHashMap.newKeySet();

    /** Refused with others: among them may be some that are to blame and some that are not. */
    private final Map<SinkInput, String> together = new ConcurrentHashMap<>();

    void note(SinkInput input, Exception e) {
      switch (e) {
        case RecordTooLargeException tooLarge -> records.put(input, tooLarge.getMessage());
        case InvalidTimestampException time -> times.add(input);
        case InvalidRecordException invalid -> together.put(input, invalid.getMessage());
        case null, default -> {}
      }
    }

    boolean isEmpty() {
      return records.isEmpty() && times.isEmpty() && together.isEmpty();
    }

    /** The broker refuses the whole of a batch for one record: the others may do without it. */
    void add(Refusals more) {
      times.addAll(more.times);
      records.putAll(more.records);
      if (more.times.isEmpty() && more.records.isEmpty()) {
        records.putAll(more.together);
      }
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
