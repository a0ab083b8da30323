package io.millrace.schemas.type;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Translates between {@link RowType} and Avro schemas, without loss in either direction.
 *
 * <p>Column names that are not Avro names are escaped: every character that Avro does not take
 * stands as {@code _uXXXX_}; the original is kept in the field's property {@value #NAME_PROPERTY}.
 */
public final class AvroTypes {

  static final String NAME_PROPERTY = "millrace.name";
  static final String JSON_TYPE = "json";

  private AvroTypes() {}

  /**
   * The Avro schema of a row. Its name ends in a checksum of the columns: a fingerprint is taken of
   * the parsing canonical form, which knows names but no logical types, and without the checksum
   * two scales of a DECIMAL would share one.
   *
   * @param fullName the record's full name, for instance {@code default.inventory.stock}; parts
   *     that are no Avro names are escaped
   */
  public static Schema toAvro(RowType row, String fullName) {
    StringBuilder name = new StringBuilder();
    for (String part : fullName.split("\\.", -1)) {
      if (!name.isEmpty()) {
        name.append('.');
      }
      name.append(escape(part));
    }
    CRC32 columns = new CRC32();
    columns.update(row.sql().getBytes(StandardCharsets.UTF_8));
    return record(row, "%s_%08x".formatted(name, columns.getValue()));
  }

  /**
   * The row that a schema describes.
   *
   * @throws IllegalArgumentException if the schema is no record, or holds a type that events do not
   *     have (a union of several types, for instance)
   */
  public static RowType toRow(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException("an event's schema has to be a record, not " + schema);
    }
    List<Field> fields = new ArrayList<>(schema.getFields().size());
    for (Schema.Field field : schema.getFields()) {
      String original = field.getProp(NAME_PROPERTY);
      fields.add(
          new Field(
              original == null ? field.name() : original,
              toType(field.schema()),
              isNullable(field.schema())));
    }
    return new RowType(fields);
  }

  /** The row that a schema, given as JSON, describes. */
  public static RowType toRow(String schemaJson) {
    return toRow(parse(schemaJson));
  }

  /** Parses a schema that was written by this class or by any Avro tool. */
  public static Schema parse(String schemaJson) {
    return new Schema.Parser().parse(schemaJson);
  }

  static boolean isNullable(Schema schema) {
    return schema.getType() == Schema.Type.NULL
        || (schema.getType() == Schema.Type.UNION
            && schema.getTypes().stream().anyMatch(s -> s.getType() == Schema.Type.NULL));
  }

  /** The only branch of a union that is not null; the schema itself when it is no union. */
  public static Schema nonNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    Schema found = null;
    for (Schema branch : schema.getTypes()) {
      if (branch.getType() != Schema.Type.NULL) {
        if (found != null) {
          throw new IllegalArgumentException("a union of several types is no column: " + schema);
        }
        found = branch;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException("a column that is always null has no type: " + schema);
    }
    return found;
  }

  static DataType toType(Schema declared) {
    Schema schema = nonNull(declared);
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case INT ->
          logical instanceof LogicalTypes.Date
              ? DataType.DATE
              : logical instanceof LogicalTypes.TimeMillis ? DataType.TIME : DataType.INT;
      case LONG ->
          logical instanceof LogicalTypes.TimestampMicros
                  || logical instanceof LogicalTypes.TimestampMillis
                  || logical instanceof LogicalTypes.LocalTimestampMicros
                  || logical instanceof LogicalTypes.LocalTimestampMillis
              ? DataType.TIMESTAMP
              : logical instanceof LogicalTypes.TimeMicros ? DataType.TIME : DataType.BIGINT;
      case FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
      case STRING ->
          JSON_TYPE.equals(schema.getProp("millrace.type")) ? DataType.JSON : DataType.STRING;
      case ENUM -> DataType.STRING;
      case BYTES, FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? DataType.decimal(decimal.getPrecision(), decimal.getScale())
              : DataType.BYTES;
      case ARRAY -> DataType.array(toType(schema.getElementType()));
      case MAP -> DataType.map(toType(schema.getValueType()));
      case RECORD -> new DataType.Row(toRow(schema));
      default -> throw new IllegalArgumentException("no column has the type " + schema);
    };
  }

  private static Schema record(RowType row, String fullName) {
    List<Schema.Field> fields = new ArrayList<>(row.size());
    Set<String> taken = new HashSet<>();
    for (Field field : row.fields()) {
      String name = escape(field.name());
      while (!taken.add(name)) {
        name = name + "_";
      }
      Schema type = schema(field.type(), fullName + "_" + name);
      Schema.Field avro =
          field.nullable()
              ? new Schema.Field(name, orNull(type), null, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(name, type, null, (Object) null);
      if (!name.equals(field.name())) {
        avro.addProp(NAME_PROPERTY, field.name());
      }
      fields.add(avro);
    }
    return Schema.createRecord(fullName, null, null, false, fields);
  }

  private static Schema orNull(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  private static Schema schema(DataType type, String name) {
    return switch (type) {
      case DataType.Primitive primitive -> primitive(primitive.kind());
      case DataType.Decimal decimal ->
          LogicalTypes.decimal(decimal.precision(), decimal.scale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case DataType.Array array ->
          Schema.createArray(orNull(schema(array.element(), name + "_element")));
      case DataType.MapOf map -> Schema.createMap(orNull(schema(map.value(), name + "_value")));
      case DataType.Row row -> record(row.row(), name);
    };
  }

  private static Schema primitive(DataType.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INT -> Schema.create(Schema.Type.INT);
      case BIGINT -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case JSON -> {
        Schema json = Schema.create(Schema.Type.STRING);
        json.addProp("millrace.type", JSON_TYPE);
        yield json;
      }
    };
  }

  private static String escape(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (letter || (digit && i > 0)) {
        out.append(c);
      } else {
        out.append("_u%04x_".formatted((int) c));
      }
    }
    return out.isEmpty() ? "_" : out.toString();
  }
}
