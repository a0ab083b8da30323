package io.millrace.schemas.event;

/** An event names a schema that was never announced on {@code millrace.schemas}. */
public final class UnknownSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownSchemaException(long fingerprint) {
    super(
        "no schema with the fingerprint %016x was announced on millrace.schemas: whoever wrote this event has to announce its schema first"
            .formatted(fingerprint));
  }
}
