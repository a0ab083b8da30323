package io.millrace.schemas.event;

/** Bytes that are no event in Avro's single-object encoding, or do not fit their own schema. */
public final class MalformedEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }

  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
