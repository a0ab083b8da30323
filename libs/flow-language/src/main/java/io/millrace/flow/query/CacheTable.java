package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;
import java.util.List;

/**
 * A cache that a query may join.
 *
 * @param name as the query writes it
 * @param columns the columns of its rows
 * @param key the names of its key columns
 */
public record CacheTable(String name, RowType columns, List<String> key) {

  public CacheTable {
    key = List.copyOf(key);
  }
}
