package io.millrace.cep.state;

import io.millrace.schemas.event.RowCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes state as bytes; what is written in one order is read in the same. Not thread-safe. */
public final class StateWriter {

  private byte[] buffer = new byte[1024];
  private int position;

  public void writeBoolean(boolean value) {
    ensure(1);
    buffer[position++] = (byte) (value ? 1 : 0);
  }

  public void writeInt(int value) {
    writeLong(value);
  }

  /** Zig-zag, one to ten bytes. */
  public void writeLong(long value) {
    ensure(10);
    long n = (value << 1) ^ (value >> 63);
    while ((n & ~0x7FL) != 0) {
      buffer[position++] = (byte) ((n & 0x7F) | 0x80);
      n >>>= 7;
    }
    buffer[position++] = (byte) n;
  }

  public void writeDouble(double value) {
    long bits = Double.doubleToRawLongBits(value);
    ensure(8);
    for (int i = 0; i < 8; i++) {
      buffer[position++] = (byte) (bits >>> (8 * i));
    }
  }

  public void writeBytes(byte[] value) {
    writeLong(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, position, value.length);
    position += value.length;
  }

  public void writeString(String value) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A row of the codec's columns. */
  public void writeRow(RowCodec codec, Object[] row) {
    writeBytes(codec.write(row));
  }

  /** How many bytes were written. */
  public int size() {
    return position;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, position);
  }

  private void ensure(int more) {
    if (position + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + more));
    }
  }
}
