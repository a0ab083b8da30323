package io.millrace.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads Avro's binary encoding from an array; every read is checked against its end. */
final class Input {

  private byte[] buffer;
  private int position;

  void reset(byte[] bytes, int at) {
    buffer = bytes;
    position = at;
  }

  int remaining() {
    return buffer.length - position;
  }

  int readByte() {
    return buffer[position++];
  }

  long readLong() {
    int b = buffer[position++];
    long n = b & 0x7F;
    int shift = 7;
    while (b < 0) {
      if (shift > 63) {
        throw new MalformedEventException("a number of more than 10 bytes");
      }
      b = buffer[position++];
      n |= (b & 0x7FL) << shift;
      shift += 7;
    }
    return (n >>> 1) ^ -(n & 1);
  }

  float readFloat() {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits |= (buffer[position++] & 0xFF) << (8 * i);
    }
    return Float.intBitsToFloat(bits);
  }

  double readDouble() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (buffer[position++] & 0xFFL) << (8 * i);
    }
    return Double.longBitsToDouble(bits);
  }

  int readLength() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new MalformedEventException(
          "a length of %d where %d bytes are left".formatted(length, remaining()));
    }
    return (int) length;
  }

  byte[] readBytes() {
    return readRaw(readLength());
  }

  byte[] readRaw(int length) {
    if (length > remaining()) {
      throw new MalformedEventException("the event ends too early");
    }
    byte[] value = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return value;
  }

  String readString() {
    int length = readLength();
    String value = new String(buffer, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  void skip(int length) {
    if (length > remaining()) {
      throw new MalformedEventException("the event ends too early");
    }
    position += length;
  }
}
