package io.millrace.connector.kafka.sink;

import io.millrace.connector.ChangeEvents;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.sink.SinkInput;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the target's records of events. Not thread-safe. */
final class RecordWriter {

  private final KafkaSinkConfig config;
  private final SelfDescribingDecoder decoder;
  private final Map<Long, Shape> shapes = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  /** What is needed for events of one schema. */
  private record Shape(EventJson json, CsvLine csv, int[] key, RowType keyRow, EventJson keyJson) {}

  RecordWriter(KafkaSinkConfig config, SchemaStore schemas) {
    this.config = config;
    this.decoder = new SelfDescribingDecoder(schemas);
  }

  /**
   * The record of an event.
   *
   * @param key the columns of the record key, when the options name none
   * @throws io.millrace.schemas.event.MalformedEventException if the bytes are no event
   * @throws io.millrace.schemas.event.UnknownSchemaException if its schema is not known
   */
  ProducerRecord<byte[], byte[]> record(SinkInput input, List<String> key) {
    SelfDescribingDecoder.Event event = decoder.decode(input.value());
    Shape shape = shapes.get(event.fingerprint());
    if (shape == null) {
      shape = shape(event.rowType(), config.key().isEmpty() ? key : config.key());
      shapes.put(event.fingerprint(), shape);
    }
    return new ProducerRecord<>(
        config.topic(),
        null,
        input.timestamp(),
        key(shape, event.row()),
        value(shape, input, event.row()));
  }

  private byte[] value(Shape shape, SinkInput input, Object[] row) {
    return switch (config.format()) {
      case AVRO -> input.value();
      case JSON -> {
        text.setLength(0);
        shape.json().append(text, row);
        yield text.toString().getBytes(StandardCharsets.UTF_8);
      }
      case CSV -> {
        text.setLength(0);
        shape.csv().append(text, row);
        yield text.toString().getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private static byte[] key(Shape shape, Object[] event) {
    if (shape.key().length == 0) {
      return null;
    }
    Object[] row = event;
    if (shape.key().length > 0 && shape.key()[0] < 0) {
      row = image(event);
      if (row == null) {
        return null;
      }
    }
    Object[] key = new Object[shape.key().length];
    for (int i = 0; i < key.length; i++) {
      int column = shape.key()[i];
      key[i] = row[column < 0 ? -1 - column : column];
    }
    if (key.length > 1) {
      return shape.keyJson().write(key).getBytes(StandardCharsets.UTF_8);
    }
    return key[0] == null
        ? null
        : CsvLine.text(shape.keyRow().field(0).type(), key[0]).getBytes(StandardCharsets.UTF_8);
  }

  private static Object[] image(Object[] change) {
    Object after = change[ChangeEvents.AFTER];
    return (Object[]) (after == null ? change[ChangeEvents.BEFORE] : after);
  }

  private Shape shape(RowType row, List<String> keyColumns) {
    boolean changes = ChangeEvents.isChange(row);
    RowType rows = changes ? ((DataType.Row) row.field(ChangeEvents.AFTER).type()).row() : row;
    int[] key = new int[keyColumns.size()];
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < key.length; i++) {
      OptionalInt index = rows.indexOf(keyColumns.get(i));
      if (index.isEmpty()) {
        throw new ConnectorException(
            "KEY_COLUMN_MISSING",
            "key column %s is not among the columns %s".formatted(keyColumns.get(i), rows.sql()));
      }
      key[i] = changes ? -1 - index.getAsInt() : index.getAsInt();
      fields.add(rows.field(index.getAsInt()));
    }
    RowType keyRow = new RowType(fields);
    return new Shape(
        new EventJson(row, config.jsonStyle()),
        new CsvLine(row, config.delimiter()),
        key,
        keyRow,
        new EventJson(keyRow));
  }
}
