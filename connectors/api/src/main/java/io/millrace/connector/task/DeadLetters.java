package io.millrace.connector.task;

import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Dead letters as they travel on topics. */
public final class DeadLetters {

  private DeadLetters() {}

  /** The record key: the letter's id. */
  public static byte[] key(DeadLetter letter) {
    return letter.getId().getBytes(StandardCharsets.UTF_8);
  }

  /** The record value, in Avro's single-object encoding. */
  public static byte[] value(DeadLetter letter) {
    try {
      ByteBuffer buffer = letter.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a letter from a record's value.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static DeadLetter read(byte[] value) {
    try {
      return DeadLetter.fromByteBuffer(ByteBuffer.wrap(value));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("the bytes are no dead letter: " + e.getMessage(), e);
    }
  }
}
