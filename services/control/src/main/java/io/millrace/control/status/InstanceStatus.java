package io.millrace.control.status;

import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.EdgeStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What one instance has said of one component of late. An instance that has said nothing for ten
 * seconds is taken for dead. Not thread-safe; the board guards it.
 */
final class InstanceStatus {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMillis(1_500);

  private final Deque<Sample> samples = new ArrayDeque<>();
  private ComponentStatus latest;
  private long heardAt;
  private long quietFrom = -1;

  private record Sample(long at, long in, long out, Map<String, Long> edges) {}

  /**
   * Takes a status.
   *
   * @param now nanoseconds, as of {@link System#nanoTime}
   * @param ageMillis how long ago it was written, for what is read back after a restart
   */
  void take(ComponentStatus status, long now, long ageMillis) {
    if (latest != null && latest.getStartedAt() != status.getStartedAt()) {
      samples.clear();
    }
    boolean still =
        status.getLag() == 0
            && latest != null
            && latest.getLag() == 0
            && latest.getEventsIn() == status.getEventsIn();
    heardAt = now - Duration.ofMillis(Math.max(0, ageMillis)).toNanos();
    if (!still) {
      quietFrom = status.getLag() == 0 ? heardAt : -1;
    }
    latest = status;
    Map<String, Long> edges = new HashMap<>();
    status.getEdges().forEach(edge -> edges.merge(key(edge), edge.getEvents(), Long::sum));
    samples.addLast(new Sample(heardAt, status.getEventsIn(), status.getEventsOut(), edges));
    while (samples.size() > 2 && heardAt - samples.peekFirst().at() > RATE_WINDOW.toNanos()) {
      samples.removeFirst();
    }
  }

  ComponentStatus latest() {
    return latest;
  }

  boolean isLive(long now) {
    return now - heardAt < SILENCE.toNanos();
  }

  long silentSeconds(long now) {
    return Duration.ofNanos(now - heardAt).toSeconds();
  }

  boolean is(ComponentState state) {
    return latest.getState() == state;
  }

  /** Whether it has had nothing to do for a while, all of it after a moment. */
  boolean hasNothingLeft(long since) {
    return quietFrom >= 0 && heardAt - Math.max(quietFrom, since) >= QUIET.toNanos();
  }

  /** Events a second over the last seconds. */
  double inRate() {
    return samples.size() < 2 ? 0 : rate(samples.getLast().in() - samples.getFirst().in());
  }

  double outRate() {
    return samples.size() < 2 ? 0 : rate(samples.getLast().out() - samples.getFirst().out());
  }

  double rate(EdgeStatus edge) {
    if (samples.size() < 2) {
      return 0;
    }
    String key = key(edge);
    long first = samples.getFirst().edges().getOrDefault(key, 0L);
    return rate(samples.getLast().edges().getOrDefault(key, 0L) - first);
  }

  private double rate(long events) {
    long nanos = samples.getLast().at() - samples.getFirst().at();
    return nanos <= 0 ? 0 : Math.max(0, events) * 1e9 / nanos;
  }

  private static String key(EdgeStatus edge) {
    return (edge.getInput() ? "<" : ">") + edge.getStream();
  }
}
