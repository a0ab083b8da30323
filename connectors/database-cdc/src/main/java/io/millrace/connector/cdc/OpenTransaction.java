package io.millrace.connector.cdc;

import java.time.Duration;

/**
 * Decides how many changes share a transaction of the broker. A commit costs the broker far more
 * than a change does, so while the log gives more than can be passed on, several readings share
 * one; as soon as it gives little, each is committed at once, for the sake of latency. Not
 * thread-safe.
 */
final class OpenTransaction {

  /** So many changes at one reading mean that more are waiting. */
  private static final int MANY = 256;

  private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();

  private final int most;
  private int changes;
  private long since;

  /**
   * @param most changes after which a transaction is committed in any case
   */
  OpenTransaction(int most) {
    this.most = most;
  }

  /** Whether nothing waits to be committed. */
  boolean isEmpty() {
    return changes == 0;
  }

  /**
   * Takes what one reading of the log gave; true when everything so far is to be committed.
   *
   * @param read what the reading gave
   * @param written what of it is to be written
   * @param now nanoseconds of a clock that only runs forward
   */
  boolean isToCommit(int read, int written, long now) {
    if (changes == 0) {
      since = now;
    }
    changes += written;
    boolean more = read >= MANY && changes < most && now - since < LONGEST_NANOS;
    if (changes == 0 || more) {
      return false;
    }
    changes = 0;
    return true;
  }
}
