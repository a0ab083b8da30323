package io.millrace.loop;

import java.util.Map;

/**
 * A processor that keeps its position with its data asks to be given its inputs again from there;
 * nothing of what the call emitted is kept.
 */
public final class RewindException extends RuntimeException {

  /** Stands for the first event that is still there. */
  public static final long BEGINNING = -1;

  private static final long serialVersionUID = 1L;
  private final transient Map<String, Long> offsets;

  /**
   * @param offsets where to go on in the task's partition of each topic; {@link #BEGINNING} for the
   *     first event
   */
  public RewindException(String reason, Map<String, Long> offsets) {
    super(reason);
    this.offsets = Map.copyOf(offsets);
  }

  Map<String, Long> offsets() {
    return offsets;
  }
}
