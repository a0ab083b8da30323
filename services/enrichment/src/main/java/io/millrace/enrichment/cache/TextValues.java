package io.millrace.enrichment.cache;

import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Values of files, written as text. */
final class TextValues {

  private TextValues() {}

  /**
   * The value as events hold it; null for an empty text, except for strings.
   *
   * @throws IllegalArgumentException if the text is no such value
   */
  static Object parse(DataType type, String text) {
    boolean string =
        type.equals(DataType.STRING) || type.equals(DataType.JSON) || type.equals(DataType.BYTES);
    if (text == null || (!string && text.isBlank())) {
      return null;
    }
    try {
      return switch (type) {
        case DataType.Decimal decimal ->
            new BigDecimal(text.strip()).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        case DataType.Primitive primitive -> primitive(primitive.kind(), text);
        default -> throw new IllegalArgumentException("a file has no values of " + type.sql());
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no %s".formatted(text, type.sql()), e);
    }
  }

  private static Object primitive(DataType.Kind kind, String text) {
    String t = text.strip();
    return switch (kind) {
      case BOOLEAN ->
          switch (t.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "1" -> true;
            case "false", "f", "no", "0" -> false;
            default -> throw new IllegalArgumentException("'%s' is no BOOLEAN".formatted(text));
          };
      case INT -> Integer.parseInt(t);
      case BIGINT -> Long.parseLong(t);
      case FLOAT -> Float.parseFloat(t);
      case DOUBLE -> Double.parseDouble(t);
      case STRING, JSON -> text;
      case BYTES -> text.getBytes(StandardCharsets.UTF_8);
      case DATE -> (int) LocalDate.parse(t).toEpochDay();
      case TIME -> LocalTime.parse(t).toNanoOfDay() / 1000;
      case TIMESTAMP -> micros(t.replace(' ', 'T'));
    };
  }

  private static long micros(String text) {
    Instant instant;
    if (text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$")) {
      instant = OffsetDateTime.parse(text).toInstant();
    } else {
      instant = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }
}
