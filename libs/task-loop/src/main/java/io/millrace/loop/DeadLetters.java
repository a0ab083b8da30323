package io.millrace.loop;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records that cannot be processed as dead letters. */
final class DeadLetters {

  private static final int LONGEST_TEXT = 20_000;
  private static final int LARGEST_ORIGINAL = 950_000;

  private final LoopConfig config;
  private final String topic;

  DeadLetters(LoopConfig config) {
    this.config = config;
    this.topic = Topics.deadLetters(config.application());
  }

  ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String code, String reason, String text) {
    ReplayedRecord replayed = record instanceof ReplayedRecord r ? r : null;
    String position =
        replayed == null
            ? record.topic() + "-" + record.partition() + "-" + record.offset()
            : replayed.position();
    String id = config.component() + "/" + position;
    boolean fits = record.value() == null || record.value().length <= LARGEST_ORIGINAL;
    DeadLetter letter =
        letter(id, code, text)
            .setReason(
                fits ? cut(reason) : cut(reason) + " (too large to be kept here; see the stream)")
            .setStream(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset())
            .setEventTime(record.timestamp())
            .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
            .setOriginal(record.value() == null || !fits ? null : ByteBuffer.wrap(record.value()))
            .setReplayOf(replayed == null ? null : replayed.replayOf())
            .build();
    return record(letter);
  }

  /** A result that could not be computed. */
  ProducerRecord<byte[], byte[]> of(
      String position, long timestamp, String code, String reason, String text) {
    return record(
        letter(config.component() + "/" + position, code, text)
            .setReason(cut(reason))
            .setEventTime(timestamp)
            .build());
  }

  private DeadLetter.Builder letter(String id, String code, String text) {
    return DeadLetter.newBuilder()
        .setId(id)
        .setApplication(config.application())
        .setComponent(config.component())
        .setService(config.service())
        .setCode(code)
        .setOccurredAt(System.currentTimeMillis())
        .setText(text == null ? null : cut(text));
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    return new ProducerRecord<>(
        topic,
        null,
        letter.getOccurredAt(),
        letter.getId().getBytes(StandardCharsets.UTF_8),
        bytes(letter));
  }

  static byte[] bytes(DeadLetter letter) {
    try {
      ByteBuffer buffer = letter.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
