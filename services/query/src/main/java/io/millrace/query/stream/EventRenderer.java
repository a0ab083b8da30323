package io.millrace.query.stream;

import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.json.EventJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records of a stream's topic into events for a person. One a thread. */
final class EventRenderer {

  private final SelfDescribingDecoder decoder;
  private final RowFilter filter;
  private final Map<Long, EventJson> writers = new HashMap<>();

  EventRenderer(SchemaStore schemas, RowFilter filter) {
    this.decoder = new SelfDescribingDecoder(schemas);
    this.filter = filter;
  }

  /** Watermarks and tombstones stand among the events and have no value. */
  static boolean isEvent(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    return kafkaRecord.value() != null;
  }

  /** Whether some events may not pass. */
  boolean filters() {
    return !RowFilter.ALL.equals(filter);
  }

  /** The record as an event; empty when it is none, or the filter does not admit it. */
  Optional<StreamEvent> render(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    if (!isEvent(kafkaRecord)) {
      return Optional.empty();
    }
    String value;
    try {
      SelfDescribingDecoder.Event event = decoder.decode(kafkaRecord.value());
      if (!filter.admits(event.rowType(), event.row())) {
        return Optional.empty();
      }
      value =
          writers
              .computeIfAbsent(event.fingerprint(), _ -> new EventJson(event.rowType()))
              .write(event.row());
    } catch (MalformedEventException | UnknownSchemaException e) {
      StringBuilder error = new StringBuilder("{\"error\":");
      EventJson.quote(error, "This event cannot be decoded: " + e.getMessage());
      value = error.append('}').toString();
    }
    return Optional.of(
        new StreamEvent(
            kafkaRecord.partition(), kafkaRecord.offset(), kafkaRecord.timestamp(), value));
  }
}
