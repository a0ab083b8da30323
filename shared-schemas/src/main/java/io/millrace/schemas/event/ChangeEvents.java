package io.millrace.schemas.event;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;

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
}
