package io.millrace.cep.state;

import io.millrace.schemas.event.RowCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a {@link StateWriter} wrote. Not thread-safe. */
public final class StateReader {

  private final byte[] buffer;
  private int position;

  public StateReader(byte[] bytes) {
    this(bytes, 0);
  }

  private StateReader(byte[] bytes, int position) {
    this.buffer = bytes;
    this.position = position;
  }

  /** A reader of the part that comes next, which this one passes over. */
  public StateReader readPart() {
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length |= (buffer[position++] & 0xFF) << (8 * i);
    }
    StateReader part = new StateReader(buffer, position);
    position += length;
    return part;
  }

  /** Another one that stands where this one does. */
  public StateReader again() {
    return new StateReader(buffer, position);
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

  /** What {@link StateWriter#writeValue} wrote. */
  public Object readValue() {
    int kind = readInt();
    return switch (kind) {
      case ValueKind.NULL -> null;
      case ValueKind.FALSE -> false;
      case ValueKind.TRUE -> true;
      case ValueKind.INT -> readInt();
      case ValueKind.LONG -> readLong();
      case ValueKind.FLOAT -> Float.intBitsToFloat(readInt());
      case ValueKind.DOUBLE -> readDouble();
      case ValueKind.DECIMAL -> {
        int scale = readInt();
        yield new BigDecimal(new BigInteger(readBytes()), scale);
      }
      case ValueKind.STRING -> readString();
      case ValueKind.BYTES -> readBytes();
      case ValueKind.ROW -> readValues();
      case ValueKind.LIST -> Collections.unmodifiableList(Arrays.asList(readValues()));
      case ValueKind.MAP -> {
        int size = readInt();
        Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
          Object key = readValue();
          map.put(key, readValue());
        }
        yield Collections.unmodifiableMap(map);
      }
      default -> throw new IllegalArgumentException("a value of the unknown kind " + kind);
    };
  }

  /** What {@link StateWriter#writeValues} wrote. */
  public Object[] readValues() {
    Object[] values = new Object[readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readValue();
    }
    return values;
  }

  /** A row of the codec's columns. */
  public Object[] readRow(RowCodec codec) {
    return codec.read(readBytes());
  }
}
