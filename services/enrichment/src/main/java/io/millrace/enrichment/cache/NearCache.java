package io.millrace.enrichment.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;

/**
 * Rows in this process's memory, as long as every change of them is heard. Holds misses as well.
 * What was read while something changed is not kept, so an answer that was on its way when its key
 * changed cannot outlive the change. Thread-safe.
 */
final class NearCache {

  /** In place of a row: the key has none. */
  static final Object[] MISS = {};

  /** Bounds what a connection that died in silence can do. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Cache<Object, Object[]> rows;
  private boolean listening;
  private long changes;

  NearCache(long mostRows) {
    rows =
        Caffeine.newBuilder()
            .maximumSize(mostRows)
            .expireAfterWrite(LONGEST)
            .executor(Runnable::run)
            .build();
  }

  /** The row, {@link #MISS}, or null when it is not known. */
  Object[] get(Object key) {
    return rows.getIfPresent(key);
  }

  /** To be taken before reading, and given to {@link #put}. */
  synchronized long stamp() {
    return changes;
  }

  synchronized void put(long stamp, Map<Object, Object[]> read) {
    if (listening && stamp == changes) {
      rows.putAll(read);
    }
  }

  synchronized void changed(Iterable<Object> keys) {
    changes++;
    rows.invalidateAll(keys);
  }

  synchronized void changedAll() {
    changes++;
    rows.invalidateAll();
  }

  synchronized void listening() {
    changedAll();
    listening = true;
  }

  synchronized void deaf() {
    listening = false;
    changedAll();
  }
}
