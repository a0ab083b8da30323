package io.millrace.connector.struct;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Writes rows of one layout as structs, for connectors that know nothing of events. Times keep
 * their milliseconds, which is all that Kafka Connect's types hold. Thread-safe.
 */
public final class StructWriter {

  private static final long DAY_MILLIS = 86_400_000L;

  private final Schema schema;
  private final ValueConverter[] converters;

  /** A writer of structs with these columns. */
  public StructWriter(RowType row, String name) {
    SchemaBuilder builder = SchemaBuilder.struct().name(name).optional();
    converters = new ValueConverter[row.size()];
    for (int i = 0; i < row.size(); i++) {
      Field field = row.field(i);
      builder.field(
          field.name(), schema(field.type(), field.nullable(), name + "." + field.name()));
      converters[i] = converter(field.type(), name + "." + field.name());
    }
    this.schema = builder.build();
  }

  /** The structs' schema. */
  public Schema schema() {
    return schema;
  }

  /** A row as a struct; null for null. */
  public Struct write(Object[] row) {
    if (row == null) {
      return null;
    }
    Struct struct = new Struct(schema);
    for (int i = 0; i < row.length; i++) {
      struct.put(schema.fields().get(i), row[i] == null ? null : converters[i].convert(row[i]));
    }
    return struct;
  }

  private static Schema schema(DataType type, boolean optional, String name) {
    SchemaBuilder builder =
        switch (type) {
          case DataType.Primitive primitive -> primitive(primitive.kind());
          case DataType.Decimal decimal -> Decimal.builder(decimal.scale());
          case DataType.Array array ->
              SchemaBuilder.array(schema(array.element(), true, name + ".element"));
          case DataType.MapOf map ->
              SchemaBuilder.map(Schema.STRING_SCHEMA, schema(map.value(), true, name + ".value"));
          case DataType.Row row -> {
            SchemaBuilder struct = SchemaBuilder.struct().name(name);
            row.row()
                .fields()
                .forEach(f ->
                    struct.field(f.name(), schema(f.type(), f.nullable(), name + "." + f.name())));
            yield struct;
          }
        };
    return optional ? builder.optional().build() : builder.build();
  }

  private static SchemaBuilder primitive(DataType.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> SchemaBuilder.bool();
      case INT -> SchemaBuilder.int32();
      case BIGINT -> SchemaBuilder.int64();
      case FLOAT -> SchemaBuilder.float32();
      case DOUBLE -> SchemaBuilder.float64();
      case STRING, JSON -> SchemaBuilder.string();
      case BYTES -> SchemaBuilder.bytes();
      case DATE -> Date.builder();
      case TIME -> Time.builder();
      case TIMESTAMP -> Timestamp.builder();
    };
  }

  private static ValueConverter converter(DataType type, String name) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case DATE -> v -> new java.util.Date((Integer) v * DAY_MILLIS);
            case TIME, TIMESTAMP -> v -> new java.util.Date(Math.floorDiv((Long) v, 1000L));
            default -> ValueConverter.SAME;
          };
      case DataType.Decimal decimal -> ValueConverter.SAME;
      case DataType.Array array -> {
        ValueConverter element = converter(array.element(), name + ".element");
        yield v -> {
          List<Object> list = new ArrayList<>();
          ((List<?>) v).forEach(e -> list.add(e == null ? null : element.convert(e)));
          return list;
        };
      }
      case DataType.MapOf map -> {
        ValueConverter value = converter(map.value(), name + ".value");
        yield v -> {
          Map<Object, Object> out = new HashMap<>();
          ((Map<?, ?>) v).forEach((k, e) -> out.put(k, e == null ? null : value.convert(e)));
          return out;
        };
      }
      case DataType.Row row -> {
        StructWriter nested = new StructWriter(row.row(), name);
        yield v -> nested.write((Object[]) v);
      }
    };
  }
}
