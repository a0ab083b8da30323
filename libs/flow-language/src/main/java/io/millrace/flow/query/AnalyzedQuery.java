package io.millrace.flow.query;

import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.RowType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a query after it has been looked at.
 *
 * @param row the columns of its output; null when they cannot be known
 * @param missing the columns that faults leave unknown, as in {@link Relation}
 * @param sql the query as text that needs nothing else: names of the plan, every {@code *} written
 *     out; null when the query has errors
 * @param streams the streams that it reads, by the plan's names, in the order of the text
 * @param caches the caches that it joins, likewise
 * @param compiled null when the query has errors, or is stateful
 * @param stateful null when the query has errors, or is stateless
 * @param rows the columns of the streams, by their names
 * @param tables the caches
 */
public record AnalyzedQuery(
    RowType row,
    Set<String> missing,
    String sql,
    List<String> streams,
    List<String> caches,
    CompiledQuery compiled,
    StatefulPlan stateful,
    Map<String, RowType> rows,
    List<CacheTable> tables) {

  public AnalyzedQuery {
    missing = Set.copyOf(missing);
    streams = List.copyOf(streams);
    caches = List.copyOf(caches);
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    tables = List.copyOf(tables);
  }

  /** A query with errors. */
  static AnalyzedQuery faulty(
      RowType row, Set<String> missing, List<String> streams, List<String> caches) {
    return new AnalyzedQuery(row, missing, null, streams, caches, null, null, Map.of(), List.of());
  }

  /** Whether it can be run. */
  public boolean isCompiled() {
    return compiled != null || stateful != null;
  }
}
