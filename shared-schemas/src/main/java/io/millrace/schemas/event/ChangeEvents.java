package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.avro.Schema;

/** The layout of change events: what a stream of one captured table holds. */
public final class ChangeEvents {

  /** Snapshot read, insert, update, delete, truncate. */
  public static final String READ = "r";

  public static final String CREATE = "c";
  public static final String UPDATE = "u";
  public static final String DELETE = "d";
  public static final String TRUNCATE = "t";

  /** Positions in the event. */
  public static final int BEFORE = 0;

  public static final int AFTER = 1;
  public static final int OP = 2;
  public static final int TS = 3;
  public static final int SOURCE = 4;

  /** Where a change comes from: the column {@code source} of every change event. */
  public static final RowType SOURCE_ROW =
      RowType.of(
          Field.required("connector", DataType.STRING),
          Field.required("database", DataType.STRING),
          Field.nullable("schema", DataType.STRING),
          Field.required("table", DataType.STRING),
          Field.required("snapshot", DataType.BOOLEAN),
          Field.nullable("transaction", DataType.STRING),
          Field.nullable("position", DataType.STRING));

  private static final String KEY_PROPERTY = "millrace.key";

  private ChangeEvents() {}

  /** The change event of a table: {@code before, after, op, ts, source}. */
  public static RowType of(RowType table) {
    List<Field> columns =
        table.fields().stream().map(f -> Field.nullable(f.name(), f.type())).toList();
    return RowType.of(
        Field.nullable("before", DataType.row(columns)),
        Field.nullable("after", DataType.row(columns)),
        Field.required("op", DataType.STRING),
        Field.required("ts", DataType.TIMESTAMP),
        Field.required("source", new DataType.Row(SOURCE_ROW)));
  }

  /** The columns of the table, out of its change event's. */
  public static RowType tableOf(RowType changes) {
    return ((DataType.Row) changes.field(AFTER).type()).row();
  }

  /**
   * The Avro schema of a table's change events. It names the table's primary key, so that whoever
   * applies the changes elsewhere knows what identifies a row; a changed key is a changed schema.
   *
   * @param key the primary key's columns, in the key's order; empty when the table has none
   * @param fullName as for {@link AvroTypes#toAvro}
   */
  public static Schema schema(RowType table, List<String> key, String fullName) {
    CRC32 checksum = new CRC32();
    checksum.update(String.join(",", key).getBytes(StandardCharsets.UTF_8));
    Schema schema =
        AvroTypes.toAvro(of(table), "%s_key_%08x".formatted(fullName, checksum.getValue()));
    schema.addProp(KEY_PROPERTY, key);
    return schema;
  }

  /** The primary key's columns that a schema of change events names; empty when there is none. */
  public static List<String> key(Schema schema) {
    return schema.getObjectProp(KEY_PROPERTY) instanceof List<?> key
        ? key.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Whether a row is laid out as a change event is. */
  public static boolean isChange(RowType row) {
    return row.size() == 5
        && row.field(BEFORE).name().equals("before")
        && row.field(AFTER).name().equals("after")
        && row.field(OP).name().equals("op")
        && row.field(TS).name().equals("ts")
        && row.field(SOURCE).name().equals("source");
  }
}
