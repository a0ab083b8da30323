package io.millrace.analytics.query;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How a query is doing on this instance, beyond what its loop counts. Thread-safe. */
final class QueryMeter {

  final LongAdder late = new LongAdder();
  private final Map<Integer, TaskMeter> tasks = new ConcurrentHashMap<>();
  private volatile Upgrade upgrade;

  /** What became of the state of the query before this one, in words. */
  private record Upgrade(List<String> kept, List<String> empty) {}

  /**
   * Notes what a task found of the query before it; every task finds the same.
   *
   * @param kept whose state goes on
   * @param empty whose state begins anew
   */
  void upgraded(List<String> kept, List<String> empty) {
    upgrade = new Upgrade(List.copyOf(kept), List.copyOf(empty));
  }

  TaskMeter task(int task) {
    TaskMeter meter = new TaskMeter();
    tasks.put(task, meter);
    return meter;
  }

  void remove(int task, TaskMeter meter) {
    tasks.remove(task, meter);
  }

  /** For a status. */
  Map<String, String> details() {
    Collection<TaskMeter> all = tasks.values();
    Map<String, String> details = new TreeMap<>();
    details.put("lateEvents", Long.toString(late.sum()));
    all.stream()
        .filter(t -> t.watermark > Long.MIN_VALUE)
        .mapToLong(t -> t.watermark)
        .min()
        .ifPresent(w ->
            details.put(
                "watermark", Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(w)).toString()));
    if (all.stream().anyMatch(t -> t.stateBytes >= 0)) {
      details.put(
          "stateBytes",
          Long.toString(all.stream().mapToLong(t -> Math.max(0, t.stateBytes)).sum()));
    }
    if (!all.isEmpty()) {
      details.put("stateMemory", Long.toString(all.stream().mapToLong(t -> t.stateMemory).sum()));
    }
    long onDisk = all.stream().mapToLong(t -> t.onDisk).sum();
    if (onDisk > 0) {
      details.put("groupsOnDisk", Long.toString(onDisk));
    }
    all.stream()
        .filter(t -> t.snapshotAt > 0)
        .mapToLong(t -> t.snapshotAt)
        .min()
        .ifPresent(at -> details.put("lastSnapshot", Instant.ofEpochMilli(at).toString()));
    if (upgrade != null) {
      details.put("keptState", upgrade.kept().isEmpty() ? "none" : words(upgrade.kept()));
      if (!upgrade.empty().isEmpty()) {
        details.put("emptyState", words(upgrade.empty()));
      }
    }
    details.put("restoredEvents", Long.toString(all.stream().mapToLong(t -> t.restored).sum()));
    if (all.stream().anyMatch(t -> !t.ready)) {
      details.put(
          "restoring",
          "%d of %d events"
              .formatted(
                  all.stream().mapToLong(t -> t.restored).sum(),
                  all.stream().mapToLong(t -> t.toRestore).sum()));
    }
    return details;
  }

  private static String words(List<String> operators) {
    return String.join(", ", operators);
  }
}
