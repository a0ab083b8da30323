package io.millrace.cep.epl;

/** A query that cannot go on; its message says why, for the one who wrote it. */
public final class EplStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EplStateException(String message) {
    super(message);
  }

  EplStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
