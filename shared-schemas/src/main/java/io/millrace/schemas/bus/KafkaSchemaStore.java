package io.millrace.schemas.bus;

import io.millrace.schemas.control.SchemaRegistration;
import io.millrace.schemas.event.Fingerprints;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.UnknownSchemaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The schemas on the compacted topic {@code millrace.schemas}. Reads on demand: what is known costs
 * a map look-up; an unknown fingerprint reads the topic's new records, and waits for it up to the
 * patience. Thread-safe.
 */
public final class KafkaSchemaStore implements SchemaStore, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEMAS, 0);

  private final Map<String, Object> clientConfig;
  private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  private KafkaConsumer<byte[], byte[]> consumer;
  private KafkaProducer<byte[], byte[]> producer;

  /**
   * @param clientConfig how any Kafka client here connects: bootstrap.servers and, where needed,
   *     security settings
   */
  public KafkaSchemaStore(Map<String, ?> clientConfig) {
    this.clientConfig = Map.copyOf(clientConfig);
  }

  @Override
  public Schema find(long fingerprint) {
    Schema known = schemas.get(fingerprint);
    if (known != null) {
      return known;
    }
    synchronized (lock) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      do {
        readOn();
        known = schemas.get(fingerprint);
      } while (known == null && System.nanoTime() < deadline);
    }
    if (known == null) {
      throw new UnknownSchemaException(fingerprint);
    }
    return known;
  }

  @Override
  public long announce(Schema schema) {
    long fingerprint = Fingerprints.of(schema);
    if (schemas.containsKey(fingerprint)) {
      return fingerprint;
    }
    synchronized (lock) {
      if (schemas.containsKey(fingerprint)) {
        return fingerprint;
      }
      readToEnd();
      if (!schemas.containsKey(fingerprint)) {
        write(fingerprint, schema);
        schemas.put(fingerprint, schema);
      }
      return fingerprint;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (consumer != null) {
        consumer.close();
        consumer = null;
      }
      if (producer != null) {
        producer.close();
        producer = null;
      }
    }
  }

  private void readToEnd() {
    open();
    long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
    while (consumer.position(PARTITION) < end) {
      readOn();
    }
  }

  private void readOn() {
    open();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
      if (record.value() == null) {
        continue;
      }
      try {
        SchemaRegistration registration =
            SchemaRegistration.fromByteBuffer(ByteBuffer.wrap(record.value()));
        schemas.putIfAbsent(
            registration.getFingerprint(), new Schema.Parser().parse(registration.getDefinition()));
      } catch (IOException | RuntimeException e) {
        throw new IllegalStateException(
            "record %d of %s is no schema registration; remove it from the topic"
                .formatted(record.offset(), Topics.SCHEMAS),
            e);
      }
    }
  }

  private void write(long fingerprint, Schema schema) {
    try {
      byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(fingerprint).array();
      ByteBuffer value = new SchemaRegistration(fingerprint, schema.toString()).toByteBuffer();
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      producer.send(new ProducerRecord<>(Topics.SCHEMAS, 0, key, bytes)).get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while announcing a schema", e);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "could not announce a schema on %s: %s".formatted(Topics.SCHEMAS, e.getMessage()), e);
    }
  }

  private void open() {
    if (consumer != null) {
      return;
    }
    createTopic();
    Map<String, Object> reading = new HashMap<>(clientConfig);
    reading.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    reading.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Map<String, Object> writing = new HashMap<>(clientConfig);
    writing.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    writing.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    producer = new KafkaProducer<>(writing);
    consumer = new KafkaConsumer<>(reading);
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
  }

  private void createTopic() {
    try (Admin admin = Admin.create(Map.copyOf(clientConfig))) {
      if (admin.listTopics().names().get(60, TimeUnit.SECONDS).contains(Topics.SCHEMAS)) {
        return;
      }
      NewTopic topic =
          new NewTopic(Topics.SCHEMAS, java.util.Optional.of(1), java.util.Optional.empty())
              .configs(
                  Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
      admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating " + Topics.SCHEMAS, e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("could not create " + Topics.SCHEMAS, e);
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException("could not create " + Topics.SCHEMAS + " within 60 s", e);
    }
  }
}
