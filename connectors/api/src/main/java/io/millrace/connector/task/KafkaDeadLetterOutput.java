package io.millrace.connector.task;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.errors.RetriableException;

/** Writes dead letters with a producer of its own, opened with the first of them. */
public final class KafkaDeadLetterOutput implements DeadLetterOutput {

  private final Map<String, Object> clientConfig;
  private KafkaProducer<byte[], byte[]> producer;
  private volatile Exception failure;

  /**
   * @param clientConfig how Kafka clients connect here
   */
  public KafkaDeadLetterOutput(Map<String, Object> clientConfig) {
    this.clientConfig = clientConfig;
  }

  @Override
  public synchronized void write(DeadLetter letter) {
    if (producer == null) {
      Map<String, Object> config = new HashMap<>(clientConfig);
      config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      config.put(ProducerConfig.ACKS_CONFIG, "all");
      config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      producer = new KafkaProducer<>(config);
    }
    producer.send(
        new ProducerRecord<>(
            Topics.deadLetters(letter.getApplication()),
            DeadLetters.key(letter),
            DeadLetters.value(letter)),
        (metadata, e) -> {
          if (e != null) {
            failure = e;
          }
        });
  }

  @Override
  public synchronized void flush() {
    if (producer != null) {
      producer.flush();
    }
    Exception failed = failure;
    if (failed != null) {
      failure = null;
      throw new RetriableException("could not write dead letters: " + failed.getMessage(), failed);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }
}
