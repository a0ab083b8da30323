package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts what a load could not take with the application's dead letters. */
final class RejectedRows {

  private static final int MOST = 10_000;
  private static final int LONGEST_TEXT = 20_000;

  private final CacheDefinition cache;
  private final Map<String, String> kafka;
  private final List<DeadLetter> letters = new ArrayList<>();
  private long count;

  RejectedRows(CacheDefinition cache, Map<String, String> kafka) {
    this.cache = cache;
    this.kafka = kafka;
  }

  void add(String location, String reason, String original) {
    count++;
    if (letters.size() == MOST) {
      return;
    }
    String text =
        original == null || original.length() <= LONGEST_TEXT
            ? original
            : original.substring(0, LONGEST_TEXT) + "…";
    letters.add(
        DeadLetter.newBuilder()
            .setId(cache.name() + "/" + location)
            .setApplication(cache.application())
            .setComponent(cache.name())
            .setService("enrichment")
            .setCode("UNREADABLE_ROW")
            .setReason(String.valueOf(reason))
            .setLocation(location)
            .setOccurredAt(System.currentTimeMillis())
            .setOriginal(original == null ? null : ByteBuffer.wrap(original.getBytes(UTF_8)))
            .setText(text)
            .build());
  }

  long count() {
    return count;
  }

  /** Writes them; returns when they are durable. */
  void send() {
    if (letters.isEmpty()) {
      return;
    }
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    String topic = Topics.deadLetters(cache.application());
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      for (DeadLetter letter : letters) {
        ByteBuffer buffer = letter.toByteBuffer();
        byte[] value = new byte[buffer.remaining()];
        buffer.get(value);
        producer.send(new ProducerRecord<>(topic, letter.getId().getBytes(UTF_8), value));
      }
      producer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
