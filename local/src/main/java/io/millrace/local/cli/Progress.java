package io.millrace.local.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says what a command waits for once that takes longer than two seconds, again whenever it changes,
 * and every ten seconds that it is still the same.
 */
final class Progress {

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Console console;
  private final long startedAt = System.nanoTime();
  private long toldAt = startedAt;
  private String told;

  Progress(Console console) {
    this.console = console;
  }

  /** Called again and again while waiting. */
  void waitingFor(Supplier<String> what) {
    long now = System.nanoTime();
    if (now - startedAt < QUIET_NANOS) {
      return;
    }
    String text = what.get();
    if (!text.equals(told) || now - toldAt > REPEAT_NANOS) {
      told = text;
      toldAt = now;
      console.tell(
          "  … %s (%d s)".formatted(text, TimeUnit.NANOSECONDS.toSeconds(now - startedAt)));
    }
  }

  double seconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }
}
