package io.millrace.loop;

/** The loop has to stop and must not try again by itself; the message says why and what to do. */
public final class StopLoopException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  public StopLoopException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
