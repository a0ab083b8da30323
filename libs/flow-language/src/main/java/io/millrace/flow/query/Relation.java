package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;
import java.util.Locale;
import java.util.Set;

/**
 * What a name in FROM stands for.
 *
 * @param name the name that the plan knows it by
 * @param row its columns, as far as they are known
 * @param missing the columns, in lower case, that faults of its own statement leave unknown;
 *     nothing is said about a query that reads them. {@link #ANY} among them: it may have any other
 * @param cache the cache, or null for a stream
 */
public record Relation(String name, RowType row, Set<String> missing, CacheTable cache) {

  /** Stands for columns of which not even the names are known. */
  public static final String ANY = "*";

  public Relation {
    missing = Set.copyOf(missing);
  }

  public static Relation stream(String name, RowType row, Set<String> missing) {
    return new Relation(name, row, missing, null);
  }

  public static Relation cache(CacheTable cache, Set<String> missing) {
    return new Relation(cache.name(), cache.columns(), missing, cache);
  }

  public boolean isCache() {
    return cache != null;
  }

  /** Whether {@link #row} has all of its columns. */
  public boolean complete() {
    return missing.isEmpty();
  }

  /** Whether a column that is not in a row may be one of those that are missing. */
  public static boolean mayHold(Set<String> missing, String column) {
    return missing.contains(ANY) || missing.contains(column.toLowerCase(Locale.ROOT));
  }
}
