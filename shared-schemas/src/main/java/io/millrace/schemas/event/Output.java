package io.millrace.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that writes Avro's binary encoding. Not thread-safe. */
final class Output {

  private byte[] buffer = new byte[256];
  private int position;

  void reset(int at) {
    ensure(at);
    position = at;
  }

  byte[] buffer() {
    return buffer;
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, position);
  }

  void writeByte(int value) {
    ensure(1);
    buffer[position++] = (byte) value;
  }

  /** Zig-zag, variable length; the encoding of int and long is the same. */
  void writeLong(long value) {
    ensure(10);
    long n = (value << 1) ^ (value >> 63);
    while ((n & ~0x7FL) != 0) {
      buffer[position++] = (byte) ((n & 0x7F) | 0x80);
      n >>>= 7;
    }
    buffer[position++] = (byte) n;
  }

  void writeFloat(float value) {
    ensure(4);
    int bits = Float.floatToRawIntBits(value);
    for (int i = 0; i < 4; i++) {
      buffer[position++] = (byte) (bits >>> (8 * i));
    }
  }

  void writeDouble(double value) {
    ensure(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      buffer[position++] = (byte) (bits >>> (8 * i));
    }
  }

  void writeBytes(byte[] value) {
    writeLong(value.length);
    writeRaw(value);
  }

  void writeRaw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, position, value.length);
    position += value.length;
  }

  @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int) copies ASCII at once
  void writeString(String value) {
    int length = value.length();
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) >= 0x80) {
        ascii = false;
        break;
      }
    }
    if (!ascii) {
      writeBytes(value.getBytes(StandardCharsets.UTF_8));
      return;
    }
    writeLong(length);
    ensure(length);
    value.getBytes(0, length, buffer, position);
    position += length;
  }

  private void ensure(int more) {
    if (position + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + more));
    }
  }
}
