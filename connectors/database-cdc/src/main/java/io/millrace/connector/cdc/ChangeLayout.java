package io.millrace.connector.cdc;

import io.millrace.connector.ChangeEvents;
import io.millrace.connector.struct.StructReader;
import io.millrace.connector.struct.StructTypes;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Encodes the changes of one table while its columns stay the same: from Debezium's structs to the
 * bytes of events and keys. Not thread-safe.
 */
final class ChangeLayout {

  private static final long MILLI = 1_000;

  private final Field beforeField;
  private final Field afterField;
  private final Field sourceField;
  private final Field opField;
  private final Field micros;
  private final Field millis;
  private final Field snapshotField;
  private final Field databaseField;
  private final Field schemaField;
  private final String table;
  private final String connector;
  private final StructReader rows;
  private final EventEncoder encoder;
  private final Dialect dialect;
  private final int[] keyColumns;
  private final KeyEncoder keys;

  /**
   * @param value the envelope's schema
   * @param key the schema of Debezium's key, or null when the table has none
   * @param table the table's bare name
   */
  ChangeLayout(
      Schema value,
      Schema key,
      String table,
      CdcSettings.Route route,
      Dialect dialect,
      String connector,
      SchemaStore store) {
    this.beforeField = value.field("before");
    this.afterField = value.field("after");
    this.sourceField = value.field("source");
    this.opField = value.field("op");
    Schema source = sourceField.schema();
    this.micros = source.field("ts_us");
    this.millis = source.field("ts_ms");
    this.snapshotField = source.field("snapshot");
    this.databaseField = source.field("db");
    this.schemaField = source.field("schema");
    this.table = table;
    this.connector = connector;
    this.dialect = dialect;
    Schema columns = afterField.schema();
    this.rows = new StructReader(columns);
    RowType row = StructTypes.row(columns);
    List<String> primaryKey =
        key == null ? List.of() : key.fields().stream().map(Field::name).toList();
    this.encoder =
        EventEncoder.announced(ChangeEvents.schema(row, primaryKey, route.topic()), store);
    List<String> partitionBy = route.key().isEmpty() ? primaryKey : route.key();
    this.keyColumns = new int[partitionBy.size()];
    List<io.millrace.schemas.type.Field> keyFields = new ArrayList<>();
    for (int i = 0; i < keyColumns.length; i++) {
      String name = column(partitionBy.get(i));
      keyColumns[i] =
          row.indexOf(name)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "table %s has no column %s to partition by".formatted(table, name)));
      keyFields.add(row.field(keyColumns[i]));
    }
    this.keys = keyColumns.length == 0 ? null : new KeyEncoder(new RowType(keyFields));
  }

  /** The values of one change. */
  Object[] event(Struct envelope) {
    Struct source = (Struct) envelope.get(sourceField);
    Object[] origin = new Object[ChangeEvents.SOURCE_ROW.size()];
    origin[0] = connector;
    origin[1] = source.get(databaseField);
    origin[2] = schemaField == null ? null : source.get(schemaField);
    origin[3] = table;
    origin[4] = isSnapshot((String) source.get(snapshotField));
    origin[5] = dialect.transaction(source);
    origin[6] = place(dialect.position(source));
    Object[] event = new Object[5];
    event[ChangeEvents.BEFORE] = rows.read(envelope.get(beforeField));
    event[ChangeEvents.AFTER] = rows.read(envelope.get(afterField));
    event[ChangeEvents.OP] = envelope.get(opField);
    event[ChangeEvents.TS] = time(source);
    event[ChangeEvents.SOURCE] = origin;
    return event;
  }

  byte[] encode(Object[] event) {
    return encoder.encode(event);
  }

  /** The record key; null when the table has no key, or the change no row. */
  byte[] key(Object[] event) {
    Object[] row = (Object[]) event[ChangeEvents.AFTER];
    if (row == null) {
      row = (Object[]) event[ChangeEvents.BEFORE];
    }
    if (keys == null || row == null) {
      return null;
    }
    Object[] key = new Object[keyColumns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[keyColumns[i]];
    }
    return keys.encode(key);
  }

  private Object time(Struct source) {
    Object exact = micros == null ? null : source.get(micros);
    return exact == null ? (Long) source.get(millis) * MILLI : exact;
  }

  private static String place(Position position) {
    String file = position.file();
    return file.isEmpty()
        ? Long.toString(position.offset())
        : file + ":" + position.offset() + ":" + position.row();
  }

  private static boolean isSnapshot(String flag) {
    return flag != null && !flag.equals("false");
  }

  /** A stream may name a partition column by its path in the event: after.id. */
  private static String column(String name) {
    return name.startsWith("after.") || name.startsWith("before.")
        ? name.substring(name.indexOf('.') + 1)
        : name;
  }
}
