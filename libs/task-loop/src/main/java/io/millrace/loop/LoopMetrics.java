package io.millrace.loop;

import io.millrace.schemas.measure.LatencyWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a loop: what was committed since it was started. Thread-safe. */
final class LoopMetrics {

  /** More latencies of one batch than these say nothing new. */
  private static final int SAMPLES = 500;

  final long startedAt = System.currentTimeMillis();
  final LongAdder eventsIn = new LongAdder();
  final LongAdder eventsOut = new LongAdder();
  final LongAdder deadLetters = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LatencyWindow latency = new LatencyWindow();
  private final Map<String, LongAdder> in = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> out = new ConcurrentHashMap<>();
  private volatile Map<String, Long> lagByTopic = Map.of();
  private volatile long lastEventTime = Long.MIN_VALUE;

  void committed(PendingBatch batch) {
    long now = System.currentTimeMillis();
    long nano = System.nanoTime();
    batch.eventsIn().forEach((topic, count) -> counter(in, topic).add(count));
    batch.eventsIn().values().forEach(eventsIn::add);
    batch.eventsOut().forEach((topic, count) -> counter(out, topic).add(count));
    batch.eventsOut().values().forEach(eventsOut::add);
    deadLetters.add(batch.deadLetters());
    int step = Math.max(1, batch.timestamps() / SAMPLES);
    for (int i = 0; i < batch.timestamps(); i += step) {
      latency.add(nano, now - batch.timestamp(i));
    }
    if (batch.timestamps() > 0) {
      lastEventTime = Math.max(lastEventTime, batch.highestTimestamp());
    }
  }

  void lag(Map<String, Long> byTopic) {
    lagByTopic = Map.copyOf(byTopic);
  }

  long lag() {
    return lagByTopic.values().stream().mapToLong(Long::longValue).sum();
  }

  long lag(String topic) {
    return lagByTopic.getOrDefault(topic, 0L);
  }

  long in(String topic) {
    return counter(in, topic).sum();
  }

  long out(String topic) {
    return counter(out, topic).sum();
  }

  Long lastEventTime() {
    return lastEventTime == Long.MIN_VALUE ? null : lastEventTime;
  }

  Map<String, String> details() {
    Map<String, String> details = new HashMap<>();
    if (skipped.sum() > 0) {
      details.put("skippedByRetention", Long.toString(skipped.sum()));
    }
    return details;
  }

  private static LongAdder counter(Map<String, LongAdder> counters, String topic) {
    return counters.computeIfAbsent(topic, t -> new LongAdder());
  }
}
