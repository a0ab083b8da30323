package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;
import java.util.List;

/**
 * What is known of a query after it has been looked at.
 *
 * @param row the columns of its output; null when they cannot be known
 * @param complete whether these are all of them
 * @param sql the query as text that needs nothing else: names of the plan, every {@code *} written
 *     out; null when the query has errors
 * @param streams the streams that it reads, by the plan's names, in the order of the text
 * @param caches the caches that it joins, likewise
 * @param compiled null when the query has errors
 */
public record AnalyzedQuery(
    RowType row,
    boolean complete,
    String sql,
    List<String> streams,
    List<String> caches,
    CompiledQuery compiled) {

  public AnalyzedQuery {
    streams = List.copyOf(streams);
    caches = List.copyOf(caches);
  }
}
