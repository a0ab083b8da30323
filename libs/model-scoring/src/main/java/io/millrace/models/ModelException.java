package io.millrace.models;

/** A model cannot be loaded or cannot score; the message says what to do. */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  ModelException(String message) {
    super(message);
  }
}
