package io.millrace.flow.environment;

import io.millrace.schemas.type.RowType;
import java.util.List;

/**
 * A table that a source can capture.
 *
 * @param name as the source names it: database.table, or schema.table for PostgreSQL
 * @param columns its columns with the types that captured events have
 * @param key its primary key's columns, in the key's order; empty when it has none
 */
public record SourceTable(String name, RowType columns, List<String> key) {

  public SourceTable {
    key = List.copyOf(key);
  }
}
