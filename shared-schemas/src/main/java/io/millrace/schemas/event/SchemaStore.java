package io.millrace.schemas.event;

import org.apache.avro.Schema;

/**
 * The schemas of events by fingerprint (CRC-64-AVRO of the parsing canonical form, as Avro's
 * single-object encoding has it). Thread-safe.
 */
public interface SchemaStore {

  /**
   * The schema of a fingerprint.
   *
   * @throws UnknownSchemaException if nobody has announced it within the store's patience
   */
  Schema find(long fingerprint);

  /**
   * Announces a schema to all readers and returns its fingerprint. Returns only when every later
   * reader will find it; announcing again costs nothing.
   */
  long announce(Schema schema);
}
