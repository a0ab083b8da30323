package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;
import java.util.List;

/**
 * A cache that a query may join, or a model that it may ask.
 *
 * @param name as the query writes it
 * @param columns the columns of its rows; a model's are its features, then {@link #PREDICTION}
 * @param key the names of its key columns; a model's features
 * @param model whether its rows are not stored but predicted: it is asked by PREDICT, not joined
 */
public record CacheTable(String name, RowType columns, List<String> key, boolean model) {

  /** The column of a model's row that is not a feature. */
  public static final String PREDICTION = "prediction";

  public CacheTable {
    key = List.copyOf(key);
  }

  /** A cache. */
  public CacheTable(String name, RowType columns, List<String> key) {
    this(name, columns, key, false);
  }
}
