package io.millrace.connector.option;

import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;

/** Values of the platform's types from the texts that people and files have for them. */
public final class Texts {

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_MICRO = 1000L;

  private Texts() {}

  /**
   * Reads a value: numbers in decimal digits, BOOLEAN as true/false, t/f, yes/no or 1/0, DATE, TIME
   * and TIMESTAMP in ISO-8601 (a space for the T is taken, a TIMESTAMP without an offset is UTC),
   * BYTES in base64. Nothing is rounded.
   *
   * @throws IllegalArgumentException if the text is none, or the value does not fit the type; the
   *     message says so without naming the column
   */
  public static Object parse(String text, DataType type) {
    try {
      return switch (type) {
        case DataType.Decimal decimal -> decimal(text.strip(), decimal);
        case DataType.Primitive primitive ->
            switch (primitive.kind()) {
              case BOOLEAN -> bool(text.strip());
              case INT -> Integer.valueOf(text.strip());
              case BIGINT -> Long.valueOf(text.strip());
              case FLOAT -> Float.valueOf(text.strip());
              case DOUBLE -> Double.valueOf(text.strip());
              case STRING, JSON -> text;
              case BYTES -> Base64.getDecoder().decode(text.strip());
              case DATE -> Math.toIntExact(LocalDate.parse(text.strip()).toEpochDay());
              case TIME -> LocalTime.parse(text.strip()).toNanoOfDay() / NANOS_PER_MICRO;
              case TIMESTAMP -> timestamp(text.strip());
            };
        case DataType.Array _, DataType.MapOf _, DataType.Row _ ->
            throw new IllegalArgumentException("a text is no " + type.sql());
      };
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("'%s' is no %s".formatted(shown(text), type.sql()), e);
    }
  }

  /** A TIMESTAMP in microseconds since the epoch. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
        instant.getNano() / NANOS_PER_MICRO);
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static BigDecimal decimal(String text, DataType.Decimal type) {
    BigDecimal value = new BigDecimal(text);
    BigDecimal scaled =
        value.scale() == type.scale()
            ? value
            : value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException(text);
    }
    return scaled;
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> throw new IllegalArgumentException("'%s' is no BOOLEAN".formatted(shown(text)));
    };
  }

  private static Long timestamp(String text) {
    int length = text.length();
    String iso =
        length > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + "T" + text.substring(11)
            : text;
    if (length == 10) {
      return micros(LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    char last = iso.charAt(iso.length() - 1);
    if (last == 'Z' || last == 'z') {
      return micros(Instant.parse(iso));
    }
    if (iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0) {
      return micros(OffsetDateTime.parse(iso).toInstant());
    }
    return micros(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
  }
}
