package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;

/**
 * What a name in FROM stands for.
 *
 * @param name the name that the plan knows it by
 * @param row its columns
 * @param complete whether these are all of its columns; when its own statement is faulty, some are
 *     not known, and nothing is said about columns that seem to be missing
 * @param cache the cache, or null for a stream
 */
public record Relation(String name, RowType row, boolean complete, CacheTable cache) {

  public static Relation stream(String name, RowType row, boolean complete) {
    return new Relation(name, row, complete, null);
  }

  public static Relation cache(CacheTable cache) {
    return new Relation(cache.name(), cache.columns(), true, cache);
  }

  public boolean isCache() {
    return cache != null;
  }
}
