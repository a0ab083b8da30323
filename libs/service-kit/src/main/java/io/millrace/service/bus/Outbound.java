package io.millrace.service.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecordBase;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.KafkaNull;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Writes control records through one output binding of Spring Cloud Stream. Thread-safe. */
public final class Outbound {

  private final StreamBridge bridge;
  private final String binding;

  /**
   * @param binding the output binding, for instance {@code status}
   */
  public Outbound(StreamBridge bridge, String binding) {
    this.bridge = bridge;
    this.binding = binding;
  }

  /**
   * Sends a record in Avro's single-object encoding.
   *
   * @param record of a generated class of {@code io.millrace.schemas.control}
   */
  public void send(String key, SpecificRecordBase record) {
    send(key, (Object) encode(record));
  }

  /** Sends a tombstone. */
  public void remove(String key) {
    send(key, KafkaNull.INSTANCE);
  }

  private void send(String key, Object payload) {
    Message<Object> message =
        MessageBuilder.withPayload(payload)
            .setHeader(KafkaHeaders.KEY, key.getBytes(StandardCharsets.UTF_8))
            .build();
    bridge.send(binding, message);
  }

  /** A control record in Avro's single-object encoding. */
  public static byte[] encode(SpecificRecordBase record) {
    try {
      ByteBuffer buffer =
          new org.apache.avro.message.BinaryMessageEncoder<>(
                  record.getSpecificData(), record.getSchema())
              .encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
