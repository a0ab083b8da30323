package io.millrace.rows;

import java.util.List;

/** Where a query's cache lookups are answered. */
@FunctionalInterface
public interface CacheReader {

  /** For queries without caches. */
  CacheReader NONE =
      lookups -> {
        throw new IllegalStateException("the query joins caches and was given none");
      };

  /**
   * Answers all the lookups that a batch can ask at once, so that one round trip is enough. An
   * exception thrown here leaves {@link CompiledQuery#process} as it is.
   */
  void read(List<CacheLookup> lookups);
}
