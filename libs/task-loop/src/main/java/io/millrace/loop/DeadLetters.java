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
        DeadLetter.newBuilder()
            .setId(id)
            .setApplication(config.application())
            .setComponent(config.component())
            .setService(config.service())
            .setCode(code)
            .setReason(
                fits ? cut(reason) : cut(reason) + " (too large to be kept here; see the stream)")
            .setStream(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset())
            .setEventTime(record.timestamp())
            .setOccurredAt(System.currentTimeMillis())
            .setKey(record.key() == null ? null : ByteBuffer.wrap(record.key()))
            .setOriginal(record.value() == null || !fits ? null : ByteBuffer.wrap(record.value()))
            .setText(text == null ? null : cut(text))
            .setReplayOf(replayed == null ? null : replayed.replayOf())
            .build();
    return new ProducerRecord<>(
        topic, null, letter.getOccurredAt(), id.getBytes(StandardCharsets.UTF_8), bytes(letter));
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
