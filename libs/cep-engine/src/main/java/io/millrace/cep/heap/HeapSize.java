package io.millrace.cep.heap;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How many bytes of heap values take: objects of a 64-bit JVM with compressed references, text of
 * one byte a character.
 */
public final class HeapSize {

  /** A key and its value in a HashMap, without the two. */
  public static final long MAP_ENTRY = 32 + 8;

  /** The same in a LinkedHashMap. */
  public static final long LINKED_MAP_ENTRY = 40 + 8;

  /** A reference in an array that grows, with what it has in reserve. */
  public static final long SLOT = 6;

  private static final long NUMBER = 24;
  private static final long DECIMAL = 40;
  private static final long HEADER = 16;
  private static final long STRING = 24;
  private static final long COLLECTION = 56;
  private static final long OTHER = 32;

  private HeapSize() {}

  /** An array of as many references, without what they refer to. */
  public static long array(int length) {
    return aligned(HEADER + 4L * length);
  }

  /** A row with its values. */
  public static long row(Object[] row) {
    long bytes = array(row.length);
    for (Object value : row) {
      if (value != null) {
        bytes += of(value);
      }
    }
    return bytes;
  }

  /** A value of any column type, and nothing for NULL. */
  public static long of(Object value) {
    if (value instanceof String text) {
      return STRING + aligned(HEADER + text.length());
    }
    if (value instanceof Long number) {
      return isShared(number) ? 0 : NUMBER;
    }
    if (value instanceof Integer number) {
      return isShared(number) ? 0 : HEADER;
    }
    if (value instanceof Double) {
      return NUMBER;
    }
    return value == null ? 0 : ofOthers(value);
  }

  private static long ofOthers(Object value) {
    return switch (value) {
      case Boolean v -> 0;
      case Float v -> HEADER;
      case BigDecimal v -> DECIMAL;
      case byte[] v -> aligned(HEADER + v.length);
      case Object[] v -> row(v);
      case List<?> v -> {
        long bytes = COLLECTION + 4L * v.size();
        for (Object element : v) {
          bytes += of(element);
        }
        yield bytes;
      }
      case Map<?, ?> v -> {
        long bytes = COLLECTION;
        for (Map.Entry<?, ?> entry : v.entrySet()) {
          bytes += LINKED_MAP_ENTRY + of(entry.getKey()) + of(entry.getValue());
        }
        yield bytes;
      }
      default -> OTHER;
    };
  }

  /** Whether all numbers of this value are one object. */
  private static boolean isShared(long number) {
    return number >= -128 && number <= 127;
  }

  private static long aligned(long bytes) {
    return (bytes + 7) & ~7L;
  }
}
