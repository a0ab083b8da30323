package io.millrace.connector.cdc;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.CaptureProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records that a capture writes. Not thread-safe. */
final class CaptureRecords {

  private final Capture capture;
  private final CdcSettings settings;
  private final KafkaSchemaStore schemas;
  private final Map<String, String> partition;
  private final Map<Schema, ChangeLayout> layouts = new IdentityHashMap<>();

  /**
   * @param partition Kafka Connect's partition of the source offset
   */
  CaptureRecords(
      Capture capture,
      CdcSettings settings,
      KafkaSchemaStore schemas,
      Map<String, String> partition) {
    this.capture = capture;
    this.settings = settings;
    this.schemas = schemas;
    this.partition = partition;
  }

  /** Where the changes of a table go. */
  record Target(String table, CdcSettings.Route route) {}

  /**
   * A change event.
   *
   * @param time milliseconds
   */
  record Event(String topic, byte[] key, byte[] value, long time) {
    /** Events without a key stand in one partition, in their order. */
    Integer partition() {
      return key == null ? 0 : null;
    }
  }

  /** The event of a record of Debezium's. */
  Event event(SourceRecord record, Struct envelope, Target target) {
    ChangeLayout layout = layout(record, target);
    Object[] event = layout.event(envelope);
    byte[] key = layout.key(event);
    byte[] value = layout.encode(event);
    return new Event(target.route().topic(), key, value, Math.floorDiv((Long) event[3], 1000L));
  }

  private ChangeLayout layout(SourceRecord record, Target target) {
    ChangeLayout layout = layouts.get(record.valueSchema());
    if (layout == null) {
      String table = target.table();
      layout =
          new ChangeLayout(
              record.valueSchema(),
              record.keySchema(),
              table.substring(table.indexOf('.') + 1),
              target.route(),
              capture.dialect(),
              capture.type(),
              schemas);
      layouts.put(record.valueSchema(), layout);
    }
    return layout;
  }

  /** The record of a row of a first copy. */
  SourceRecord copied(Event event) {
    return new CopiedRecord(
        partition, event.topic(), event.partition(), event.key(), event.value(), event.time());
  }

  /** The record of a change in the log. */
  SourceRecord changed(Event event, Map<String, ?> offset) {
    return new ChangeRecord(partition, offset, event);
  }

  /** The record that says that the first copy of a table is complete. */
  SourceRecord copyComplete(String table, Map<String, ?> offset) {
    String topic = settings.route(table).topic();
    CaptureProgress progress =
        new CaptureProgress(
            settings.application(),
            settings.source(),
            table,
            topic,
            true,
            System.currentTimeMillis());
    try {
      ByteBuffer buffer = progress.toByteBuffer();
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      return new SourceRecord(
          partition,
          offset,
          Topics.CAPTURES,
          null,
          null,
          topic.getBytes(StandardCharsets.UTF_8),
          null,
          value,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
