package io.millrace.connector;

import io.millrace.schemas.type.RowType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The layout of change events, as connectors know it: that of {@link
 * io.millrace.schemas.event.ChangeEvents}.
 */
public final class ChangeEvents {

  /** Snapshot read, insert, update, delete, truncate. */
  public static final String READ = io.millrace.schemas.event.ChangeEvents.READ;

  public static final String CREATE = io.millrace.schemas.event.ChangeEvents.CREATE;
  public static final String UPDATE = io.millrace.schemas.event.ChangeEvents.UPDATE;
  public static final String DELETE = io.millrace.schemas.event.ChangeEvents.DELETE;
  public static final String TRUNCATE = io.millrace.schemas.event.ChangeEvents.TRUNCATE;

  /** Positions in the event. */
  public static final int BEFORE = io.millrace.schemas.event.ChangeEvents.BEFORE;

  public static final int AFTER = io.millrace.schemas.event.ChangeEvents.AFTER;
  public static final int OP = io.millrace.schemas.event.ChangeEvents.OP;
  public static final int TS = io.millrace.schemas.event.ChangeEvents.TS;
  public static final int SOURCE = io.millrace.schemas.event.ChangeEvents.SOURCE;

  /** Where a change comes from: the column {@code source} of every change event. */
  public static final RowType SOURCE_ROW = io.millrace.schemas.event.ChangeEvents.SOURCE_ROW;

  private ChangeEvents() {}

  /** The change event of a table: {@code before, after, op, ts, source}. */
  public static RowType of(RowType table) {
    return io.millrace.schemas.event.ChangeEvents.of(table);
  }

  /** See {@link io.millrace.schemas.event.ChangeEvents#schema}. */
  public static Schema schema(RowType table, List<String> key, String fullName) {
    return io.millrace.schemas.event.ChangeEvents.schema(table, key, fullName);
  }

  /** See {@link io.millrace.schemas.event.ChangeEvents#key}. */
  public static List<String> key(Schema schema) {
    return io.millrace.schemas.event.ChangeEvents.key(schema);
  }

  /** Whether a row is laid out as a change event is. */
  public static boolean isChange(RowType row) {
    return io.millrace.schemas.event.ChangeEvents.isChange(row);
  }
}
