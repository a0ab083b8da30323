package io.millrace.connector.sink;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * Writes what a sink's target refused to the application's dead letters. A letter's id says where
 * its event stands, so the same refusal met twice gives the same letter twice. Not thread-safe.
 */
public final class DeadLetterWriter implements AutoCloseable {

  private final SinkSettings settings;
  private final String topic;
  private final List<Future<?>> sent = new ArrayList<>();
  private KafkaProducer<byte[], byte[]> producer;
  private long count;

  public DeadLetterWriter(SinkSettings settings) {
    this.settings = settings;
    this.topic = Topics.deadLetters(settings.application());
  }

  /**
   * Sends one letter; it counts as written only after {@link #flush}.
   *
   * @param code of the connector's error codes
   * @param reason for a person: what is wrong and what to do
   * @param text the event for a person, or null
   */
  public void write(SinkInput input, String code, String reason, String text) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setId(
                "%s:%s-%d-%d"
                    .formatted(
                        settings.component(),
                        input.record().topic(),
                        input.record().kafkaPartition(),
                        input.record().kafkaOffset()))
            .setApplication(settings.application())
            .setComponent(settings.component())
            .setService("delivery")
            .setCode(code)
            .setReason(reason)
            .setStream(input.topic())
            .setPartition(input.record().kafkaPartition())
            .setOffset(input.record().kafkaOffset())
            .setEventTime(input.timestamp())
            .setOccurredAt(System.currentTimeMillis())
            .setKey(input.key() == null ? null : ByteBuffer.wrap(input.key()))
            .setOriginal(ByteBuffer.wrap(input.value()))
            .setText(text)
            .setReplayOf(input.replayOf())
            .build();
    try {
      ByteBuffer buffer = letter.toByteBuffer();
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      byte[] key = letter.getId().getBytes(StandardCharsets.UTF_8);
      sent.add(producer().send(new ProducerRecord<>(topic, key, value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns when every letter sent so far is on the topic.
   *
   * @throws RetriableException if one is not; the position must not move past its event
   */
  public void flush() {
    if (sent.isEmpty()) {
      return;
    }
    try {
      producer.flush();
      for (Future<?> future : sent) {
        future.get();
      }
      count += sent.size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("interrupted while writing dead letters", e);
    } catch (ExecutionException e) {
      throw new RetriableException(
          "could not write dead letters to %s: %s".formatted(topic, e.getCause().getMessage()), e);
    } finally {
      sent.clear();
    }
  }

  /** How many letters this writer has written. */
  public long count() {
    return count;
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      Map<String, Object> config = new HashMap<>(settings.kafka());
      config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      config.put(ProducerConfig.ACKS_CONFIG, "all");
      config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      config.put(
          ProducerConfig.CLIENT_ID_CONFIG, "dead-letters-" + settings.fullName().replace('/', '.'));
      producer = new KafkaProducer<>(config);
    }
    return producer;
  }
}
