package io.millrace.connector.report;

import io.millrace.schemas.measure.LatencyWindow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the tasks of one connector in this process have done since the process started. A task that
 * does not count here is counted by Kafka Connect's own metrics, without the split by stream.
 * Thread-safe.
 */
public final class ComponentCounters {

  private static final Map<String, ComponentCounters> ALL = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> in = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> out = new ConcurrentHashMap<>();
  private final Map<String, String> details = new ConcurrentSkipListMap<>();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAccumulator lastEventTime = new LongAccumulator(Math::max, Long.MIN_VALUE);

  private final LatencyWindow latency = new LatencyWindow();

  private ComponentCounters() {}

  /** The counters of a connector, by its name in Kafka Connect. */
  public static ComponentCounters of(String connectorName) {
    return ALL.computeIfAbsent(connectorName, n -> new ComponentCounters());
  }

  /** Forgets a connector that exists no more. */
  public static void forget(String connectorName) {
    ALL.remove(connectorName);
  }

  /** Counts events taken from a topic. */
  public void in(String topic, long events) {
    in.computeIfAbsent(topic, t -> new LongAdder()).add(events);
  }

  /** Counts events written to a topic, or delivered from it to the target. */
  public void out(String topic, long events) {
    out.computeIfAbsent(topic, t -> new LongAdder()).add(events);
  }

  /** Counts events that went to the dead letters. */
  public void deadLetters(long events) {
    deadLetters.add(events);
  }

  /** Notes the time of an event, in milliseconds since the epoch. */
  public void eventTime(long millis) {
    lastEventTime.accumulate(millis);
  }

  /** Notes how old an event is as it is done with here; both in milliseconds since the epoch. */
  public void latency(long eventMillis, long nowMillis) {
    latency.add(System.nanoTime(), nowMillis - eventMillis);
  }

  /** Says something that only this kind of connector knows; null takes it back. */
  public void detail(String name, String value) {
    if (value == null) {
      details.remove(name);
    } else {
      details.put(name, value);
    }
  }

  /** Events taken, by topic. */
  public Map<String, Long> in() {
    return sums(in);
  }

  /** Events written, by topic. */
  public Map<String, Long> out() {
    return sums(out);
  }

  /** Events that went to the dead letters. */
  public long deadLetters() {
    return deadLetters.sum();
  }

  /** The latest time of an event, in milliseconds since the epoch; null before the first. */
  public Long lastEventTime() {
    long time = lastEventTime.get();
    return time == Long.MIN_VALUE ? null : time;
  }

  /** Percentiles of the latencies of the last ten seconds in milliseconds; null without any. */
  public double[] latencies(double... percentiles) {
    return latency.percentiles(System.nanoTime(), percentiles);
  }

  /** What the connector says of itself. */
  public Map<String, String> details() {
    return Map.copyOf(details);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> sums = new ConcurrentHashMap<>();
    adders.forEach((topic, adder) -> sums.put(topic, adder.sum()));
    return sums;
  }
}
