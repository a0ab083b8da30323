package io.millrace.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of a loop's Kafka clients, and why they are so. */
final class Clients {

  /** What a dead process left open blocks readers for at most so long, if it does not come back. */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

  private Clients() {}

  static Map<String, Object> consumer(LoopConfig config) {
    Map<String, Object> c = new HashMap<>(config.client());
    c.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    c.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    c.put(ConsumerConfig.CLIENT_ID_CONFIG, config.transactionalId());
    c.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    c.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(TaskAssignor.class));
    c.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    c.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    c.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // The loop itself says where it starts, and counts what retention took away.
    c.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // One event is fetched at once; under load batches form while the last one is committed.
    c.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    c.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    c.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    c.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
    c.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxBatch());
    // Below the 64 kB default that caps loopback throughput; -1 lets the system tune it.
    c.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
    c.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    c.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    c.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    c.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return c;
  }

  static Map<String, Object> producer(LoopConfig config) {
    Map<String, Object> p = new HashMap<>(config.client());
    p.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    p.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    p.put(ProducerConfig.CLIENT_ID_CONFIG, config.transactionalId());
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A batch is sent whole and then committed, which flushes: waiting would only cost latency.
    p.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    p.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    p.put(ProducerConfig.SEND_BUFFER_CONFIG, -1);
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    p.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    p.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
    p.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    if (config.delivery() == LoopConfig.Delivery.EXACTLY_ONCE) {
      p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.transactionalId());
      p.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
      p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    } else {
      // More at a time can hang on a topic that was just created (KAFKA-15591).
      p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
      p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    }
    return p;
  }
}
