package io.millrace.connect;

import java.util.HashMap;
import java.util.Map;

/**
 * When to try again what failed: after 1 s, then twice as long each time up to a minute; a minute
 * without a failure starts over. Not thread-safe.
 */
final class BackOff {

  private static final long FIRST_MILLIS = 1_000;
  private static final long LAST_MILLIS = 60_000;

  private record Attempt(long failedAt, long delay, boolean waiting) {}

  private final Map<String, Attempt> attempts = new HashMap<>();

  /** Whether a thing that is seen failed is to be tried now. */
  boolean isDue(String what, long nowMillis) {
    Attempt last = attempts.get(what);
    if (last == null || !last.waiting()) {
      boolean again = last != null && nowMillis - last.failedAt() < last.delay() + LAST_MILLIS;
      long delay = again ? Math.min(LAST_MILLIS, last.delay() * 2) : FIRST_MILLIS;
      attempts.put(what, new Attempt(nowMillis, delay, true));
      return false;
    }
    if (nowMillis - last.failedAt() < last.delay()) {
      return false;
    }
    attempts.put(what, new Attempt(last.failedAt(), last.delay(), false));
    return true;
  }

  void forget(String what) {
    attempts.remove(what);
  }
}
