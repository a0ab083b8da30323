package io.millrace.connector.datagen;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.option.Texts;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoubleFunction;

/** Makes generators from the options of the columns. */
final class Generators {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final int ELEMENTS = 3;
  private static final int OCTAVES = 4;

  private final DatagenConfig config;

  Generators(DatagenConfig config) {
    this.config = config;
  }

  /** A row's columns, nested ones named with dots. */
  Generator[] of(RowType columns, String prefix) {
    Generator[] generators = new Generator[columns.size()];
    for (int i = 0; i < generators.length; i++) {
      Field field = columns.field(i);
      generators[i] = column(prefix + field.name(), field);
    }
    return generators;
  }

  private Generator column(String name, Field field) {
    Generator values;
    try {
      values = values(name, field.type());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new ConnectorException(
          "INVALID_OPTION",
          "column %s %s cannot be generated: %s"
              .formatted(name, field.type().sql(), e.getMessage()),
          e);
    }
    double nulls = Double.parseDouble(config.field(name, "null_fraction", "0"));
    if (nulls == 0) {
      return values;
    }
    if (!field.nullable()) {
      throw new ConnectorException(
          "INVALID_OPTION", "column %s is NOT NULL; leave its null_fraction out".formatted(name));
    }
    long key = key(name + "/null");
    return n -> Hash.unit(key, n) < nulls ? null : values.value(n);
  }

  private long key(String name) {
    long key = config.seed();
    for (int i = 0; i < name.length(); i++) {
      key = Hash.of(key, name.charAt(i));
    }
    return key;
  }

  private Generator values(String name, DataType type) {
    String kind = config.field(name, "kind");
    if (kind == null) {
      kind = config.field(name, "values") != null ? "choice" : byDefault(name, type);
    }
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "sequence" -> sequence(name, type);
      case "random" -> random(name, type, key(name));
      case "uuid" -> uuid(name, type);
      case "choice" -> choice(name, type);
      case "pattern" -> pattern(name, type);
      case "timestamp" -> timestamp(name, type);
      case "walk" -> walk(name, type);
      case "constant" -> constant(name, type);
      default -> throw new IllegalArgumentException("there is no kind " + kind);
    };
  }

  private String byDefault(String name, DataType type) {
    return DataType.TIMESTAMP.equals(type) && config.field(name, "min") == null
        ? "timestamp"
        : "random";
  }

  private Generator sequence(String name, DataType type) {
    long start = Long.parseLong(config.field(name, "start", "0"));
    long step = Long.parseLong(config.field(name, "step", "1"));
    if (DataType.STRING.equals(type)) {
      return n -> Long.toString(start + step * n);
    }
    DoubleFunction<Object> floating = floating(type);
    return switch (type) {
      case DataType.Decimal decimal ->
          n -> BigDecimal.valueOf(start + step * n).setScale(decimal.scale());
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case INT, DATE -> n -> (int) (start + step * n);
            case BIGINT, TIME, TIMESTAMP -> n -> start + step * n;
            case FLOAT, DOUBLE -> n -> floating.apply(start + (double) step * n);
            default -> throw unfit("sequence", type);
          };
      default -> throw unfit("sequence", type);
    };
  }

  private static IllegalArgumentException unfit(String kind, DataType type) {
    return new IllegalArgumentException("kind %s makes no %s".formatted(kind, type.sql()));
  }

  /** From a double to a number of the type; null for other types. */
  private static DoubleFunction<Object> floating(DataType type) {
    return switch (type) {
      case DataType.Decimal decimal ->
          value -> BigDecimal.valueOf(value).setScale(decimal.scale(), RoundingMode.HALF_EVEN);
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case INT, DATE -> value -> (int) Math.round(value);
            case BIGINT, TIME, TIMESTAMP -> Math::round;
            case FLOAT -> value -> (float) value;
            case DOUBLE -> value -> value;
            default -> null;
          };
      default -> null;
    };
  }

  private Generator random(String name, DataType type, long key) {
    return switch (type) {
      case DataType.Decimal decimal -> randomDecimal(name, decimal, key);
      case DataType.Primitive primitive -> randomPrimitive(name, primitive, key);
      case DataType.Array array -> {
        Generator element = random(name, array.element(), key);
        yield n -> {
          List<Object> list = new ArrayList<>(ELEMENTS);
          for (int i = 0; i < ELEMENTS; i++) {
            list.add(element.value(n * ELEMENTS + i));
          }
          return list;
        };
      }
      case DataType.MapOf map -> {
        Generator value = random(name, map.value(), key);
        yield n -> {
          Map<String, Object> made = new LinkedHashMap<>();
          for (int i = 0; i < ELEMENTS; i++) {
            made.put("k" + i, value.value(n * ELEMENTS + i));
          }
          return made;
        };
      }
      case DataType.Row row -> {
        Generator[] columns = of(row.row(), name + ".");
        yield n -> row(columns, n);
      }
    };
  }

  static Object[] row(Generator[] columns, long number) {
    Object[] row = new Object[columns.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = columns[i].value(number);
    }
    return row;
  }

  private Generator randomDecimal(String name, DataType.Decimal type, long key) {
    BigDecimal min = new BigDecimal(config.field(name, "min", "0"));
    BigDecimal max = new BigDecimal(config.field(name, "max", "1000"));
    BigDecimal most = BigDecimal.TEN.pow(type.precision() - type.scale());
    if (config.field(name, "max") == null && max.compareTo(most) >= 0) {
      max = most.subtract(BigDecimal.ONE.movePointLeft(type.scale()));
    }
    BigDecimal low = min.setScale(type.scale(), RoundingMode.CEILING);
    long span =
        Math.addExact(
            max.setScale(type.scale(), RoundingMode.FLOOR)
                .subtract(low)
                .unscaledValue()
                .longValueExact(),
            1);
    requireSpan(span);
    return n -> low.add(BigDecimal.valueOf(Hash.below(key, n, span), type.scale()));
  }

  private static void requireSpan(double span) {
    if (!(span > 0)) {
      throw new IllegalArgumentException("max has to be at least min");
    }
  }

  private Generator randomPrimitive(String name, DataType.Primitive type, long key) {
    return switch (type.kind()) {
      case BOOLEAN -> n -> (Hash.of(key, n) & 1) == 0;
      case INT, BIGINT, DATE, TIME, TIMESTAMP -> randomWhole(name, type, key);
      case FLOAT, DOUBLE -> {
        double min = Double.parseDouble(config.field(name, "min", "0"));
        double max = Double.parseDouble(config.field(name, "max", "1000"));
        requireSpan(max - min + Double.MIN_VALUE);
        DoubleFunction<Object> number = floating(type);
        yield n -> number.apply(min + (max - min) * Hash.unit(key, n));
      }
      case STRING -> randomText(name, key);
      case BYTES -> {
        Generator text = randomText(name, key);
        yield n -> text.value(n).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      }
      case JSON -> n -> "{\"n\":%d,\"value\":%d}".formatted(n, Hash.below(key, n, 1000));
    };
  }

  private Generator randomWhole(String name, DataType.Primitive type, long key) {
    String most =
        switch (type.kind()) {
          case TIME -> "86399999999";
          case DATE -> "20000";
          default -> "1000";
        };
    long min = whole(config.field(name, "min", "0"), type);
    long max = whole(config.field(name, "max", most), type);
    requireSpan((double) max - min + 1);
    long span = max - min + 1;
    boolean narrow = type.equals(DataType.INT) || type.equals(DataType.DATE);
    if (narrow) {
      return n -> Math.toIntExact(min + Hash.below(key, n, span));
    }
    return n -> min + Hash.below(key, n, span);
  }

  private static long whole(String text, DataType.Primitive type) {
    return text.matches("[+-]?\\d+")
        ? Long.parseLong(text)
        : ((Number) Texts.parse(text, type)).longValue();
  }

  private Generator randomText(String name, long key) {
    int min = Integer.parseInt(config.field(name, "min", "5"));
    int max = Integer.parseInt(config.field(name, "max", "10"));
    requireSpan(max - min + 1);
    return n -> {
      int length = min + (int) Hash.below(key, n, max - min + 1L);
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        text.append(LETTERS.charAt((int) Hash.below(key + i + 1, n, LETTERS.length())));
      }
      return text.toString();
    };
  }

  private Generator uuid(String name, DataType type) {
    if (!DataType.STRING.equals(type)) {
      throw unfit("uuid", type);
    }
    long key = key(name);
    return n -> {
      long high = (Hash.of(key, n) & ~0xF000L) | 0x4000L;
      long low = (Hash.of(key + 1, n) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
      return new UUID(high, low).toString();
    };
  }

  private Generator choice(String name, DataType type) {
    String given = config.field(name, "values");
    if (given == null) {
      throw new IllegalArgumentException("say what to choose from in fields." + name + ".values");
    }
    List<Object> values = new ArrayList<>();
    for (String text : given.split(",")) {
      values.add(Texts.parse(text.strip(), type));
    }
    long key = key(name);
    return n -> values.get((int) Hash.below(key, n, values.size()));
  }

  private Generator pattern(String name, DataType type) {
    String pattern = config.field(name, "pattern");
    if (pattern == null) {
      throw new IllegalArgumentException("give fields." + name + ".pattern");
    }
    long key = key(name);
    return n -> Texts.parse(fill(pattern, key, n), type);
  }

  private static String fill(String pattern, long key, long number) {
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      long at = key + i;
      switch (c) {
        case '#' -> text.append(DIGITS.charAt((int) Hash.below(at, number, 10)));
        case '?' -> text.append(LETTERS.charAt((int) Hash.below(at, number, 26)));
        case '*' -> text.append((DIGITS + LETTERS).charAt((int) Hash.below(at, number, 36)));
        case '\\' -> {
          i++;
          if (i < pattern.length()) {
            text.append(pattern.charAt(i));
          }
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private Generator timestamp(String name, DataType type) {
    String start = config.field(name, "start");
    Generator micros;
    if (start == null || start.equalsIgnoreCase("now")) {
      micros =
          _ -> {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
          };
    } else {
      long first = (Long) Texts.parse(start, DataType.TIMESTAMP);
      long step = Math.multiplyExact(Long.parseLong(config.field(name, "step", "1000")), 1000L);
      micros = n -> first + n * step;
    }
    if (DataType.TIMESTAMP.equals(type) || DataType.BIGINT.equals(type)) {
      return micros;
    }
    if (DataType.DATE.equals(type)) {
      return n -> (int) Math.floorDiv((Long) micros.value(n), 86_400_000_000L);
    }
    throw unfit("timestamp", type);
  }

  /** Value noise: random values at regular distances, smoothly joined, in four octaves. */
  private Generator walk(String name, DataType type) {
    DoubleFunction<Object> number = floating(type);
    if (number == null) {
      throw unfit("walk", type);
    }
    double min = Double.parseDouble(config.field(name, "min", "0"));
    double max = Double.parseDouble(config.field(name, "max", "100"));
    requireSpan(max - min + Double.MIN_VALUE);
    long period = Long.parseLong(config.field(name, "period", "100"));
    long key = key(name);
    return n -> {
      double sum = 0;
      double weights = 0;
      for (int octave = 0; octave < OCTAVES; octave++) {
        double weight = 1.0 / (1 << octave);
        double at = (double) n * (1 << octave) / period;
        long left = (long) Math.floor(at);
        double x = at - left;
        double smooth = x * x * (3 - 2 * x);
        double a = Hash.unit(key + octave, left);
        double b = Hash.unit(key + octave, left + 1);
        sum += weight * (a + (b - a) * smooth);
        weights += weight;
      }
      return number.apply(min + (max - min) * sum / weights);
    };
  }

  private Generator constant(String name, DataType type) {
    String text = config.field(name, "value");
    if (text == null) {
      throw new IllegalArgumentException("give fields." + name + ".value");
    }
    Object value = Texts.parse(text, type);
    return _ -> value;
  }
}
