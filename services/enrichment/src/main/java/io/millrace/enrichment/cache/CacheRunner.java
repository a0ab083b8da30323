package io.millrace.enrichment.cache;

import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import java.util.Map;

/** Starts what a cache needs on this instance: the way to read it, and its part in loading it. */
public final class CacheRunner {

  private static final long NEAR_ROWS = 100_000;

  private CacheRunner() {}

  /**
   * Starts a cache and puts it into the directory until it is closed.
   *
   * @throws IllegalArgumentException if its options cannot be followed; the message says why
   */
  public static Runner start(
      CacheDefinition definition,
      Surroundings surroundings,
      RedisLink redis,
      CacheDirectory directory) {
    long nearRows = Options.number(definition, "near_cache_rows", NEAR_ROWS);
    SharedCache shared = new SharedCache(definition, redis, nearRows);
    try {
      Runner loader =
          definition.stream() == null
              ? RefreshCacheRunner.start(definition, surroundings, redis, shared, directory)
              : StreamCacheRunner.start(definition, surroundings, redis, shared, directory);
      directory.put(definition.name(), shared);
      return loader;
    } catch (RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  /** Removes what Redis holds of a cache, as far as it can be reached. */
  public static void forget(CacheDefinition definition, RedisLink redis) {
    new CacheRemoval(redis).remove(new CacheKeys(definition));
  }

  /** What a status says about a cache besides its counters. */
  static Map<String, String> details(SharedCache shared, Map<String, String> more) {
    Map<String, String> details = new java.util.TreeMap<>(shared.details());
    details.putAll(more);
    return details;
  }
}
