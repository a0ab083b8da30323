package io.millrace.schemas.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Schemas of this process alone, for tests and for bytes that stay in memory. */
public final class MemorySchemaStore implements SchemaStore {

  private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();

  @Override
  public Schema find(long fingerprint) {
    Schema schema = schemas.get(fingerprint);
    if (schema == null) {
      throw new UnknownSchemaException(fingerprint);
    }
    return schema;
  }

  @Override
  public long announce(Schema schema) {
    long fingerprint = Fingerprints.of(schema);
    schemas.putIfAbsent(fingerprint, schema);
    return fingerprint;
  }
}
