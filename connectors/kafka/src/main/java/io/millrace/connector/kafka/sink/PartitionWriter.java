package io.millrace.connector.kafka.sink;

import io.millrace.connector.sink.SinkInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
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
   * left out.
   *
   * @return what was refused, with the reason
   */
  Map<SinkInput, String> write(List<Item> items, long next) {
    Map<SinkInput, String> refused = new HashMap<>();
    while (true) {
      Map<SinkInput, String> found = attempt(items, next, refused.keySet());
      if (found.isEmpty()) {
        return refused;
      }
      refused.putAll(found);
    }
  }

  private Map<SinkInput, String> attempt(List<Item> items, long next, Set<SinkInput> without) {
    ConcurrentMap<SinkInput, String> refused = new ConcurrentHashMap<>();
    Set<SinkInput> left = new HashSet<>(without);
    producer.beginTransaction();
    try {
      for (Item item : items) {
        if (!left.contains(item.input())) {
          producer.send(
              item.record(),
              (metadata, e) -> {
                if (e instanceof RecordTooLargeException || e instanceof InvalidRecordException) {
                  refused.put(item.input(), e.getMessage());
                }
              });
        }
      }
      producer.send(KafkaSinkOffsets.record(positionKey, next));
      producer.flush();
      if (refused.isEmpty()) {
        producer.commitTransaction();
        return refused;
      }
    } catch (RuntimeException e) {
      if (refused.isEmpty()) {
        throw e;
      }
    }
    producer.abortTransaction();
    return refused;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
