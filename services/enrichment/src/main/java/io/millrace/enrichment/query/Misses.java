package io.millrace.enrichment.query;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts rows that did not find their key in a cache. Thread-safe. */
final class Misses {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String cache, int rows) {
    counts.computeIfAbsent(cache, c -> new LongAdder()).add(rows);
  }

  /** For a status: misses.cache → count. */
  Map<String, String> details() {
    Map<String, String> details = new TreeMap<>();
    counts.forEach((cache, count) -> details.put("misses." + cache, Long.toString(count.sum())));
    return details;
  }
}
