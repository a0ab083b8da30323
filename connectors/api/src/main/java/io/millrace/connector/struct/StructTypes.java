package io.millrace.connector.struct;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The types of events for the schemas of Kafka Connect's records, Debezium's among them, and for
 * each schema the conversion of its values.
 */
public final class StructTypes {

  private static final int MICROS = 1_000_000;
  private static final String SOURCE_TYPE = "__debezium.source.column.type";
  private static final Set<String> BOOLEANS = Set.of("BOOL", "BOOLEAN");
  private static final String PRECISION = "connect.decimal.precision";

  private StructTypes() {}

  /** The columns of a struct's schema; each may be null. */
  public static RowType row(Schema schema) {
    List<Field> fields = new ArrayList<>(schema.fields().size());
    schema.fields().forEach(f -> fields.add(Field.nullable(f.name(), type(f.schema()))));
    return new RowType(fields);
  }

  /** The type of one value. */
  public static DataType type(Schema schema) {
    String name = schema.name() == null ? "" : schema.name();
    return switch (name) {
      case "io.debezium.time.Date", Date.LOGICAL_NAME -> DataType.DATE;
      case "io.debezium.time.Time",
          "io.debezium.time.MicroTime",
          "io.debezium.time.NanoTime",
          Time.LOGICAL_NAME ->
          DataType.TIME;
      case "io.debezium.time.Timestamp",
          "io.debezium.time.MicroTimestamp",
          "io.debezium.time.NanoTimestamp",
          "io.debezium.time.ZonedTimestamp",
          Timestamp.LOGICAL_NAME ->
          DataType.TIMESTAMP;
      case "io.debezium.data.Json" -> DataType.JSON;
      case "io.debezium.data.VariableScaleDecimal" -> DataType.STRING;
      case Decimal.LOGICAL_NAME -> decimal(schema);
      default -> plain(schema);
    };
  }

  /** How values of a schema become those of {@link #type}. */
  public static ValueConverter converter(Schema schema) {
    String name = schema.name() == null ? "" : schema.name();
    return switch (name) {
      case "io.debezium.time.Time" -> v -> ((Number) v).longValue() * 1000;
      case "io.debezium.time.NanoTime" -> v -> ((Long) v) / 1000;
      case "io.debezium.time.Timestamp" -> v -> ((Long) v) * 1000;
      case "io.debezium.time.NanoTimestamp" -> v -> Math.floorDiv((Long) v, 1000L);
      case "io.debezium.time.ZonedTimestamp" -> v -> zoned((String) v);
      case Date.LOGICAL_NAME -> v -> (int) (((java.util.Date) v).getTime() / 86_400_000L);
      case Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME -> v -> ((java.util.Date) v).getTime() * 1000;
      case "io.debezium.data.VariableScaleDecimal" -> v -> variableScale((Struct) v);
      case Decimal.LOGICAL_NAME -> scaled(((DataType.Decimal) decimal(schema)).scale());
      default -> plainConverter(schema);
    };
  }

  private static DataType decimal(Schema schema) {
    int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    String given = schema.parameters().get(PRECISION);
    int precision = given == null ? 38 : Integer.parseInt(given);
    return decimal(precision, scale);
  }

  /** The nearest type that an event's column can have. */
  public static DataType decimal(int precision, int scale) {
    int fitting = Math.clamp(Math.max(precision, scale), 1, DataType.Decimal.MAX_PRECISION);
    return DataType.decimal(fitting, Math.clamp(scale, 0, fitting));
  }

  private static DataType plain(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> isSmallNumber(schema) ? DataType.INT : DataType.BOOLEAN;
      case INT8, INT16, INT32 -> DataType.INT;
      case INT64 -> DataType.BIGINT;
      case FLOAT32 -> DataType.FLOAT;
      case FLOAT64 -> DataType.DOUBLE;
      case STRING -> DataType.STRING;
      case BYTES -> DataType.BYTES;
      case ARRAY -> DataType.array(type(schema.valueSchema()));
      case MAP -> DataType.map(type(schema.valueSchema()));
      case STRUCT -> schema.field("wkb") != null ? DataType.BYTES : new DataType.Row(row(schema));
    };
  }

  private static ValueConverter plainConverter(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> isSmallNumber(schema) ? v -> ((Boolean) v) ? 1 : 0 : ValueConverter.SAME;
      case INT8, INT16 -> v -> ((Number) v).intValue();
      case BYTES -> StructTypes::bytes;
      case ARRAY -> list(converter(schema.valueSchema()));
      case MAP -> map(converter(schema.valueSchema()));
      case STRUCT ->
          schema.field("wkb") != null
              ? v -> bytes(((Struct) v).get("wkb"))
              : new StructReader(schema)::read;
      default -> ValueConverter.SAME;
    };
  }

  /**
   * MariaDB's BOOL is a TINYINT, and Debezium says so of tables that it copies; of tables that it
   * sees created in the log it repeats the statement's BOOL.
   */
  private static boolean isSmallNumber(Schema schema) {
    String declared = schema.parameters() == null ? null : schema.parameters().get(SOURCE_TYPE);
    if (declared == null) {
      return false;
    }
    String type = declared.toUpperCase(Locale.ROOT);
    return type.startsWith("TINYINT") || BOOLEANS.contains(type);
  }

  private static ValueConverter list(ValueConverter element) {
    if (element.equals(ValueConverter.SAME)) {
      return element;
    }
    return v -> {
      List<Object> out = new ArrayList<>();
      ((List<?>) v).forEach(e -> out.add(e == null ? null : element.convert(e)));
      return out;
    };
  }

  private static ValueConverter map(ValueConverter value) {
    return v -> {
      Map<String, Object> out = new HashMap<>();
      ((Map<?, ?>) v)
          .forEach((k, e) -> out.put(String.valueOf(k), e == null ? null : value.convert(e)));
      return out;
    };
  }

  private static ValueConverter scaled(int scale) {
    return v -> {
      BigDecimal decimal = (BigDecimal) v;
      return decimal.scale() == scale ? decimal : decimal.setScale(scale);
    };
  }

  private static Object bytes(Object value) {
    if (value instanceof byte[]) {
      return value;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Object variableScale(Struct value) {
    byte[] unscaled = (byte[]) bytes(value.get("value"));
    return new BigDecimal(new java.math.BigInteger(unscaled), value.getInt32("scale"))
        .toPlainString();
  }

  private static long zoned(String text) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }
}
