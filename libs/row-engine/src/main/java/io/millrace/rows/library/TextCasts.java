package io.millrace.rows.library;

import io.millrace.rows.ErrorCode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * CAST to texts and bytes, which are cut where the target is shorter. Called by compiled queries.
 */
public final class TextCasts {

  private TextCasts() {}

  public static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] bytes(byte[] value) {
    return value;
  }

  public static byte[] cut(byte[] value, int length) {
    return value.length <= length ? value : Arrays.copyOf(value, length);
  }

  public static String text(boolean value) {
    return value ? "true" : "false";
  }

  public static String text(int value) {
    return Integer.toString(value);
  }

  public static String text(long value) {
    return Long.toString(value);
  }

  public static String text(float value) {
    return Float.toString(value);
  }

  public static String text(double value) {
    return Double.toString(value);
  }

  public static String text(BigDecimal value) {
    return value.toPlainString();
  }

  /** Bytes have to be UTF-8. */
  public static String text(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new RowException(ErrorCode.BAD_CAST, "the bytes are no UTF-8 text");
    }
  }

  /** The first characters of a text. */
  public static String cut(String value, int length) {
    if (value.length() <= length) {
      return value;
    }
    return value.codePointCount(0, value.length()) <= length
        ? value
        : value.substring(0, value.offsetByCodePoints(0, length));
  }
}
