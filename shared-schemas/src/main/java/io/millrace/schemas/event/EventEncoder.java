package io.millrace.schemas.event;

import org.apache.avro.Schema;

/**
 * Writes events of one schema in Avro's single-object encoding. Keeps a buffer from event to event
 * and is therefore not thread-safe: one a thread.
 */
public final class EventEncoder {

  private final Schema schema;
  private final long fingerprint;
  private final ValueWriter writer;
  private final Output out = new Output();

  private EventEncoder(Schema schema, long fingerprint) {
    this.schema = schema;
    this.fingerprint = fingerprint;
    this.writer = ValueWriter.record(schema);
  }

  /** An encoder whose schema has been announced, so that every reader will find it. */
  public static EventEncoder announced(Schema schema, SchemaStore store) {
    return new EventEncoder(schema, store.announce(schema));
  }

  /** An encoder for bytes that stay in this process, or whose schema is announced elsewhere. */
  public static EventEncoder of(Schema schema) {
    return new EventEncoder(schema, Fingerprints.of(schema));
  }

  public Schema schema() {
    return schema;
  }

  /**
   * Encodes one event.
   *
   * @param row the values in the schema's order, held as {@link io.millrace.schemas.type.DataType}
   *     says
   * @throws IllegalArgumentException if a value does not fit its column; the message names it
   */
  public byte[] encode(Object[] row) {
    out.reset(0);
    out.writeRaw(new byte[Fingerprints.HEADER_LENGTH]);
    writer.write(out, row);
    Fingerprints.writeHeader(out.buffer(), fingerprint);
    return out.toBytes();
  }
}
