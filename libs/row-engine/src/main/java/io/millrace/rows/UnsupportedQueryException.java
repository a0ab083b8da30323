package io.millrace.rows;

/**
 * A query, or an expression in it, that stateless execution does not have; says which and what to
 * do.
 */
public final class UnsupportedQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsupportedQueryException(String message) {
    super(message);
  }

  public UnsupportedQueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
