package io.millrace.cep.state;

import io.millrace.schemas.event.RowCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link StateWriter} wrote. Not thread-safe. */
public final class StateReader {

  private final byte[] buffer;
  private int position;

  public StateReader(byte[] bytes) {
    this.buffer = bytes;
  }

  public boolean readBoolean() {
    return buffer[position++] != 0;
  }

  public int readInt() {
    return Math.toIntExact(readLong());
  }

  public long readLong() {
    int b = buffer[position++];
    long n = b & 0x7F;
    int shift = 7;
    while (b < 0) {
      b = buffer[position++];
      n |= (b & 0x7FL) << shift;
      shift += 7;
    }
    return (n >>> 1) ^ -(n & 1);
  }

  public double readDouble() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (buffer[position++] & 0xFFL) << (8 * i);
    }
    return Double.longBitsToDouble(bits);
  }

  public byte[] readBytes() {
    int length = readInt();
    byte[] value = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return value;
  }

  public String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** A row of the codec's columns. */
  public Object[] readRow(RowCodec codec) {
    return codec.read(readBytes());
  }
}
