package io.millrace.connector.file.source.parse;

import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.connector.option.Texts;
import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/** Reads typed values from bytes in UTF-8; the common ones without making a text of them. */
final class Values {

  private static final int MAX_DIGITS = 18;

  private final DateTimeFormatter timestampFormat;
  private final ZoneId zone;

  Values(FileSourceConfig config) {
    this.timestampFormat = config.timestampFormat();
    this.zone = config.timeZone();
  }

  /** Reads a value that is not NULL; the message of what it throws does not name the column. */
  Object read(byte[] bytes, int from, int to, DataType type) {
    if (type instanceof DataType.Primitive primitive) {
      switch (primitive.kind()) {
        case STRING, JSON -> {
          return text(bytes, from, to);
        }
        case INT -> {
          long number = whole(bytes, from, to);
          if (number == (int) number) {
            return (int) number;
          }
        }
        case BIGINT -> {
          long number = whole(bytes, from, to);
          if (number != Long.MIN_VALUE) {
            return number;
          }
        }
        default -> {
          // the text decides
        }
      }
    } else if (type instanceof DataType.Decimal decimal) {
      BigDecimal value = decimal(bytes, from, to, decimal);
      if (value != null) {
        return value;
      }
    }
    return read(text(bytes, from, to), type);
  }

  /** Reads a value from its text. */
  Object read(String text, DataType type) {
    if (DataType.TIMESTAMP.equals(type) && (timestampFormat != null || isLocal())) {
      return timestamp(text.strip());
    }
    return Texts.parse(text, type);
  }

  /** Whether times without a zone are anything else than UTC. */
  private boolean isLocal() {
    return !zone.equals(ZoneOffset.UTC) && !zone.getId().equals("UTC");
  }

  private Object timestamp(String text) {
    try {
      if (timestampFormat != null) {
        return micros(timestampFormat.parse(text), zone);
      }
      TemporalAccessor parsed =
          text.indexOf(' ') == 10
              ? DateTimeFormatter.ISO_DATE_TIME.parse(text.replaceFirst(" ", "T"))
              : text.length() == 10
                  ? DateTimeFormatter.ISO_LOCAL_DATE.parse(text)
                  : DateTimeFormatter.ISO_DATE_TIME.parse(text);
      return micros(parsed, zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no TIMESTAMP".formatted(text), e);
    }
  }

  /** Microseconds since the epoch; what is missing is midnight, or the zone. */
  static long micros(TemporalAccessor parsed, ZoneId zone) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return parsed.getLong(ChronoField.INSTANT_SECONDS) * 1_000_000L
          + parsed.get(ChronoField.MICRO_OF_SECOND);
    }
    LocalDate date = LocalDate.from(parsed);
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId own = parsed.query(TemporalQueries.zone());
    return Texts.micros(
        date.atTime(time == null ? LocalTime.MIDNIGHT : time)
            .atZone(own == null ? zone : own)
            .toInstant());
  }

  /** The text; throws if the bytes are no UTF-8. */
  static String text(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0 && !holdsReplacement(bytes, from, to)) {
      throw new IllegalArgumentException("the bytes are not in the charset of the options");
    }
    return text;
  }

  private static boolean holdsReplacement(byte[] bytes, int from, int to) {
    for (int i = from; i + 2 < to; i++) {
      if (bytes[i] == (byte) 0xEF && bytes[i + 1] == (byte) 0xBF && bytes[i + 2] == (byte) 0xBD) {
        return true;
      }
    }
    return false;
  }

  /** A plain whole number of at most 18 digits, or Long.MIN_VALUE for anything else. */
  private static long whole(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative) {
      i++;
    }
    if (i == to || to - i > MAX_DIGITS) {
      return Long.MIN_VALUE;
    }
    long number = 0;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return Long.MIN_VALUE;
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  /** A plain decimal number whose digits fit a long, or null for anything else. */
  private static BigDecimal decimal(byte[] bytes, int from, int to, DataType.Decimal type) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative) {
      i++;
    }
    long unscaled = 0;
    int digits = 0;
    int scale = -1;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        unscaled = unscaled * 10 + digit;
        digits++;
        if (scale >= 0) {
          scale++;
        }
      } else if (bytes[i] == '.' && scale < 0) {
        scale = 0;
      } else {
        return null;
      }
    }
    scale = Math.max(scale, 0);
    if (digits == 0 || digits > MAX_DIGITS || scale > type.scale()) {
      return null;
    }
    BigDecimal value = BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
    BigDecimal scaled = scale == type.scale() ? value : value.setScale(type.scale());
    return scaled.precision() > type.precision() ? null : scaled;
  }
}
