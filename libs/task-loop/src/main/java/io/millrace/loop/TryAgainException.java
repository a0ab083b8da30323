package io.millrace.loop;

import java.time.Duration;

/**
 * Something that processing needs is away: the loop keeps its place in the group, reports the
 * reason, and calls again with the same events.
 */
public final class TryAgainException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;
  private final boolean starting;
  private final Duration after;

  private TryAgainException(String code, String message, boolean starting, Duration after) {
    super(message);
    this.code = code;
    this.starting = starting;
    this.after = after;
  }

  /** Something failed; reported as RESTARTING. */
  public static TryAgainException failed(String code, String message) {
    return new TryAgainException(code, message, false, Duration.ofMillis(500));
  }

  /** Something is not yet there that is on its way; reported as STARTING. */
  public static TryAgainException notReady(String code, String message) {
    return new TryAgainException(code, message, true, Duration.ofMillis(100));
  }

  public String code() {
    return code;
  }

  boolean starting() {
    return starting;
  }

  Duration after() {
    return after;
  }
}
