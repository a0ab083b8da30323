package io.millrace.cep.state;

import io.millrace.schemas.event.RowCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
    long bits = Double.doubleToLongBits(value);
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

  /** A value of any column type, NULL too, with its kind. */
  public void writeValue(Object value) {
    switch (value) {
      case null -> writeLong(ValueKind.NULL);
      case Boolean v -> writeLong(v ? ValueKind.TRUE : ValueKind.FALSE);
      case Integer v -> {
        writeLong(ValueKind.INT);
        writeLong(v);
      }
      case Long v -> {
        writeLong(ValueKind.LONG);
        writeLong(v);
      }
      case Float v -> {
        writeLong(ValueKind.FLOAT);
        writeLong(Float.floatToIntBits(v));
      }
      case Double v -> {
        writeLong(ValueKind.DOUBLE);
        writeDouble(v);
      }
      case BigDecimal v -> {
        writeLong(ValueKind.DECIMAL);
        writeLong(v.scale());
        writeBytes(v.unscaledValue().toByteArray());
      }
      case String v -> {
        writeLong(ValueKind.STRING);
        writeString(v);
      }
      case byte[] v -> {
        writeLong(ValueKind.BYTES);
        writeBytes(v);
      }
      case Object[] v -> {
        writeLong(ValueKind.ROW);
        writeValues(v);
      }
      case List<?> v -> {
        writeLong(ValueKind.LIST);
        writeValues(v.toArray());
      }
      case Map<?, ?> v -> {
        writeLong(ValueKind.MAP);
        writeLong(v.size());
        v.forEach((key, element) -> {
          writeValue(key);
          writeValue(element);
        });
      }
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  /** Several values of any column types. */
  public void writeValues(Object[] values) {
    writeLong(values.length);
    for (Object value : values) {
      writeValue(value);
    }
  }

  /**
   * Begins a part that can be read by itself, or passed over.
   *
   * @return what {@link #end} takes
   */
  public int begin() {
    ensure(Integer.BYTES);
    position += Integer.BYTES;
    return position;
  }

  /** Ends a part. */
  public void end(int begun) {
    int length = position - begun;
    for (int i = 0; i < Integer.BYTES; i++) {
      buffer[begun - Integer.BYTES + i] = (byte) (length >>> (8 * i));
    }
  }

  /** Forgets what was written. */
  public void clear() {
    position = 0;
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
