package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Reads events in the layout that each was written with, for readers that follow a changing schema
 * (replication, preview, dead letters). Not thread-safe: one a thread.
 */
public final class SelfDescribingDecoder {

  private final SchemaStore store;
  private final Map<Long, Layout> layouts = new HashMap<>();

  public SelfDescribingDecoder(SchemaStore store) {
    this.store = store;
  }

  /**
   * An event with the columns it was written with.
   *
   * @param fingerprint identifies the layout: equal fingerprints mean equal columns
   */
  public record Event(long fingerprint, Schema schema, RowType rowType, Object[] row) {}

  private record Layout(Schema schema, RowType rowType, EventDecoder decoder) {}

  /**
   * Decodes one event; throws as {@link EventDecoder#decode} does.
   *
   * @throws MalformedEventException if the bytes are no event
   */
  public Event decode(byte[] event) {
    if (!Fingerprints.isEvent(event)) {
      throw new MalformedEventException(
          "the bytes are no Avro single-object encoding: they do not start with C3 01");
    }
    long fingerprint = Fingerprints.read(event);
    Layout layout = layouts.computeIfAbsent(fingerprint, this::layout);
    return new Event(
        fingerprint, layout.schema(), layout.rowType(), layout.decoder().decode(event));
  }

  private Layout layout(long fingerprint) {
    Schema schema = store.find(fingerprint);
    RowType rowType = AvroTypes.toRow(schema);
    return new Layout(schema, rowType, new EventDecoder(rowType, store));
  }
}
