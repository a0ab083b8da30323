package io.millrace.connector.source;

import io.millrace.connector.report.ComponentCounters;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Makes the records of a source that writes one stream: events encoded and keyed as the plan says,
 * and dead letters, which travel in the same transactions. Not thread-safe.
 */
public final class SourceEvents {

  private static final long MICROS_PER_MILLI = 1000;

  private final TaskSettings settings;
  private final ComponentCounters counters;
  private final String topic;
  private final String deadLetters;
  private final RowType columns;
  private final EventEncoder encoder;
  private final KeyEncoder keyEncoder;
  private final int[] keyColumns;
  private final int timestampColumn;

  public SourceEvents(TaskSettings settings, SchemaStore schemas) {
    this.settings = settings;
    this.counters = ComponentCounters.of(settings.fullName());
    StreamDefinition stream = settings.stream();
    this.topic = stream.getTopic();
    this.deadLetters = Topics.deadLetters(settings.application());
    org.apache.avro.Schema schema = AvroTypes.parse(stream.getRowSchema());
    this.columns = AvroTypes.toRow(schema);
    this.encoder = EventEncoder.announced(schema, schemas);
    List<String> names = stream.getPartitionBy();
    this.keyColumns = names.stream().mapToInt(this::index).toArray();
    List<Field> fields = new ArrayList<>();
    for (int column : keyColumns) {
      fields.add(columns.field(column));
    }
    this.keyEncoder = names.isEmpty() ? null : new KeyEncoder(new RowType(fields));
    this.timestampColumn =
        stream.getTimestampColumn() == null ? -1 : index(stream.getTimestampColumn());
  }

  private int index(String column) {
    return columns
        .indexOf(column)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "stream %s has no column %s".formatted(settings.stream().getName(), column)));
  }

  /** The declared columns. */
  public RowType columns() {
    return columns;
  }

  /**
   * The record of one event.
   *
   * @param capturedMillis when it was captured; its event time unless the stream has a timestamp
   *     column with a value
   * @throws IllegalArgumentException if a value does not fit its column; the message names it
   */
  public SourceRecord event(
      Map<String, ?> partition, Map<String, ?> offset, Object[] row, long capturedMillis) {
    byte[] value = encoder.encode(row);
    long timestamp = capturedMillis;
    if (timestampColumn >= 0 && row[timestampColumn] instanceof Long micros) {
      timestamp = Math.max(0, Math.floorDiv(micros, MICROS_PER_MILLI));
    }
    return new SourceRecord(
        partition,
        offset,
        topic,
        null,
        Schema.OPTIONAL_BYTES_SCHEMA,
        key(row),
        Schema.OPTIONAL_BYTES_SCHEMA,
        value,
        timestamp);
  }

  /** Counts a record that was committed, for the component's status. */
  public void committed(SourceRecord record) {
    if (record.topic().equals(deadLetters)) {
      counters.deadLetters(1);
      return;
    }
    counters.out(record.topic(), 1);
    if (record.timestamp() != null) {
      counters.eventTime(record.timestamp());
      counters.latency(record.timestamp(), System.currentTimeMillis());
    }
  }

  private byte[] key(Object[] row) {
    if (keyEncoder == null) {
      return null;
    }
    Object[] key = new Object[keyColumns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[keyColumns[i]];
    }
    return keyEncoder.encode(key);
  }

  /**
   * The record of something that could not be parsed.
   *
   * @param id what identifies it within the component
   * @param location where it stands, for a person
   * @param original its bytes
   * @param text the same for a person
   * @param replayOf the dead letter that was processed again, or null
   */
  public SourceRecord deadLetter(
      Map<String, ?> partition,
      Map<String, ?> offset,
      String id,
      String code,
      String reason,
      String location,
      byte[] original,
      String text,
      String replayOf) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setId(settings.component() + ":" + id)
            .setApplication(settings.application())
            .setComponent(settings.component())
            .setService("ingestion")
            .setCode(code)
            .setReason(reason)
            .setLocation(location)
            .setOccurredAt(System.currentTimeMillis())
            .setOriginal(ByteBuffer.wrap(original))
            .setText(text)
            .setReplayOf(replayOf)
            .build();
    return new SourceRecord(
        partition,
        offset,
        deadLetters,
        null,
        Schema.OPTIONAL_BYTES_SCHEMA,
        letter.getId().getBytes(StandardCharsets.UTF_8),
        Schema.OPTIONAL_BYTES_SCHEMA,
        bytes(letter),
        letter.getOccurredAt());
  }

  private static byte[] bytes(DeadLetter letter) {
    try {
      ByteBuffer buffer = letter.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
