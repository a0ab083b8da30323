package io.millrace.connector.jdbc;

import io.millrace.connector.ChangeEvents;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.sink.SinkInput;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns events into changes of the target's tables. Not thread-safe. */
final class EventReader {

  static final String OP_COLUMN = "_op";
  static final String TS_COLUMN = "_ts";

  private static final int SOURCE_DATABASE = 1;
  private static final int SOURCE_SCHEMA = 2;
  private static final int SOURCE_TABLE = 3;

  private final JdbcSinkConfig config;
  private final TaskSettings settings;
  private final Dialect dialect;
  private final TargetTables tables;
  private final SelfDescribingDecoder decoder;
  private final Map<ShapeKey, EventShape> shapes = new HashMap<>();
  private final Map<TableId, String> origins = new HashMap<>();
  private ShapeKey lastKey;
  private EventShape lastShape;

  private record ShapeKey(String topic, long fingerprint) {}

  EventReader(
      JdbcSinkConfig config,
      TaskSettings settings,
      Dialect dialect,
      TargetTables tables,
      SchemaStore schemas) {
    this.config = config;
    this.settings = settings;
    this.dialect = dialect;
    this.tables = tables;
    this.decoder = new SelfDescribingDecoder(schemas);
  }

  /** Looks at the target's tables again before they are next written. */
  void forget() {
    tables.forget();
    shapes.clear();
    lastKey = null;
  }

  /**
   * Adds what an event does to the batch; may change the target's tables first.
   *
   * @param connection in auto-commit mode
   */
  void read(Connection connection, SinkInput input, Batch batch) throws SQLException {
    SelfDescribingDecoder.Event event;
    try {
      event = decoder.decode(input.value());
    } catch (MalformedEventException e) {
      batch.refuse(input, "MALFORMED_EVENT", e.getMessage(), null);
      return;
    } catch (UnknownSchemaException e) {
      batch.refuse(input, "UNKNOWN_SCHEMA", e.getMessage(), null);
      return;
    }
    EventShape shape = shape(connection, input, event);
    TableBatch table = batch.table(shape.table());
    Object[] row = event.row();
    if (!shape.changes()) {
      if (shape.upserts()) {
        identified(input, batch, table, shape, Change.Kind.UPSERT, row, row);
      } else {
        table.append(new Change(input, Change.Kind.INSERT, shape.writer(), row, null));
      }
    } else if (shape.upserts()) {
      apply(input, batch, table, shape, row);
    } else {
      table.append(new Change(input, Change.Kind.INSERT, shape.writer(), flat(shape, row), null));
    }
  }

  private void apply(
      SinkInput input, Batch batch, TableBatch table, EventShape shape, Object[] event) {
    Object[] before = (Object[]) event[ChangeEvents.BEFORE];
    Object[] after = (Object[]) event[ChangeEvents.AFTER];
    String op = (String) event[ChangeEvents.OP];
    if (shape.isKeyless() && !op.equals(ChangeEvents.TRUNCATE)) {
      applyKeyless(input, batch, table, shape, event);
      return;
    }
    switch (op) {
      case ChangeEvents.TRUNCATE -> table.truncate();
      case ChangeEvents.DELETE -> {
        if (before == null) {
          batch.refuse(
              input,
              "NO_KEY_VALUES",
              "the event deletes a row and does not say which: it has no before-image",
              shape.json().write(event));
        } else {
          identified(input, batch, table, shape, Change.Kind.DELETE, before, event);
        }
      }
      default -> {
        if (after == null) {
          batch.refuse(
              input,
              "NO_ROW",
              "the event has the operation '%s' and no row after it".formatted(op),
              shape.json().write(event));
          return;
        }
        Layout layout = shape.writer().layout();
        if (before != null) {
          Object old = RowKey.of(layout, before);
          if (old != null && !old.equals(RowKey.of(layout, after))) {
            identified(input, batch, table, shape, Change.Kind.DELETE, before, event);
          }
        }
        identified(input, batch, table, shape, Change.Kind.UPSERT, after, event);
      }
    }
  }

  private static void applyKeyless(
      SinkInput input, Batch batch, TableBatch table, EventShape shape, Object[] event) {
    Object[] before = (Object[]) event[ChangeEvents.BEFORE];
    Object[] after = (Object[]) event[ChangeEvents.AFTER];
    String op = (String) event[ChangeEvents.OP];
    boolean inserts = op.equals(ChangeEvents.CREATE) || op.equals(ChangeEvents.READ);
    if (before == null && !inserts) {
      batch.refuse(
          input,
          "NO_KEY_VALUES",
          "table %s has no primary key and the event has no before-image: nothing says which row is meant; give the source table a key, or let it log whole rows (PostgreSQL: REPLICA IDENTITY FULL)"
              .formatted(shape.table()),
          shape.json().write(event));
      return;
    }
    if (before != null) {
      table.deleteKeyless(new Change(input, Change.Kind.DELETE_ONE, shape.writer(), before, null));
    }
    if (after != null) {
      table.insertKeyless(new Change(input, Change.Kind.INSERT, shape.writer(), after, null));
    }
  }

  private static void identified(
      SinkInput input,
      Batch batch,
      TableBatch table,
      EventShape shape,
      Change.Kind kind,
      Object[] row,
      Object[] event) {
    Object key = RowKey.of(shape.writer().layout(), row);
    if (key == null) {
      batch.refuse(
          input,
          "NO_KEY_VALUES",
          "a key column (%s) is NULL, so no row of table %s is meant"
              .formatted(String.join(", ", shape.writer().layout().keyNames()), shape.table()),
          shape.json().write(event));
      return;
    }
    table.put(key, new Change(input, kind, shape.writer(), row, null));
  }

  private static Object[] flat(EventShape shape, Object[] event) {
    Object[] image = (Object[]) event[ChangeEvents.AFTER];
    if (image == null) {
      image = (Object[]) event[ChangeEvents.BEFORE];
    }
    Object[] row = new Object[shape.writer().layout().columns().size()];
    row[0] = event[ChangeEvents.OP];
    row[1] = event[ChangeEvents.TS];
    if (image != null) {
      System.arraycopy(image, 0, row, 2, image.length);
    }
    return row;
  }

  private EventShape shape(
      Connection connection, SinkInput input, SelfDescribingDecoder.Event event)
      throws SQLException {
    if (lastKey != null
        && lastKey.fingerprint() == event.fingerprint()
        && lastKey.topic().equals(input.topic())) {
      return lastShape;
    }
    ShapeKey key = new ShapeKey(input.topic(), event.fingerprint());
    EventShape shape = shapes.get(key);
    if (shape == null) {
      shape = newShape(connection, input.topic(), event);
      shapes.put(key, shape);
    }
    lastKey = key;
    lastShape = shape;
    return shape;
  }

  private EventShape newShape(
      Connection connection, String topic, SelfDescribingDecoder.Event event) throws SQLException {
    StreamDefinition stream = settings.stream(topic).orElse(null);
    boolean changes = ChangeEvents.isChange(event.rowType());
    boolean upserts = config.upserts(changes);
    Object[] source = changes ? (Object[]) event.row()[ChangeEvents.SOURCE] : null;
    TableId id = target(stream == null ? topic : stream.getName(), source);
    RowType row = changes ? image(event.rowType(), upserts) : event.rowType();
    List<String> key = upserts ? key(connection, id, stream, event) : List.of();
    Layout layout = tables.layout(connection, id, row, key);
    if (upserts && key.isEmpty() && !(changes && dialect.deleteOne(layout) != null)) {
      throw new ConnectorException(
          "NO_KEY",
          "rows of %s have no key, which mode upsert needs: set the option key, or mode = 'append'"
              .formatted(stream == null ? topic : stream.getName()));
    }
    return new EventShape(
        changes,
        upserts,
        new TableWriter(dialect, layout),
        event.rowType(),
        new EventJson(event.rowType()));
  }

  private static RowType image(RowType event, boolean upserts) {
    RowType image = ((DataType.Row) event.field(ChangeEvents.AFTER).type()).row();
    if (upserts) {
      return image;
    }
    List<Field> columns = new ArrayList<>();
    columns.add(Field.required(OP_COLUMN, DataType.STRING));
    columns.add(Field.required(TS_COLUMN, DataType.TIMESTAMP));
    columns.addAll(image.fields());
    return new RowType(columns);
  }

  private List<String> key(
      Connection connection, TableId id, StreamDefinition stream, SelfDescribingDecoder.Event event)
      throws SQLException {
    if (!config.key().isEmpty()) {
      return config.key();
    }
    List<String> captured = ChangeEvents.key(event.schema());
    if (!captured.isEmpty()) {
      return captured;
    }
    if (stream != null && !stream.getPartitionBy().isEmpty()) {
      return stream.getPartitionBy();
    }
    return tables.primaryKey(connection, id);
  }

  private TableId target(String stream, Object[] source) {
    String pattern =
        config.table() != null ? config.table() : source == null ? "{stream}" : "{table}";
    String name = pattern.replace("{stream}", stream);
    if (source != null) {
      name =
          name.replace("{database}", (String) source[SOURCE_DATABASE])
              .replace("{schema}", Objects.requireNonNullElse((String) source[SOURCE_SCHEMA], ""))
              .replace("{table}", (String) source[SOURCE_TABLE]);
    }
    TableId id = TableId.parse(name);
    if (source != null && pattern.contains("{")) {
      String origin =
          "%s.%s.%s"
              .formatted(source[SOURCE_DATABASE], source[SOURCE_SCHEMA], source[SOURCE_TABLE]);
      String other = origins.putIfAbsent(id, origin);
      if (other != null && !other.equals(origin)) {
        throw new ConnectorException(
            "TABLES_COLLIDE",
            "%s and %s would both go to table %s: set the option table, for instance to '{database}_{table}'"
                .formatted(other, origin, id));
      }
    }
    return id;
  }
}
