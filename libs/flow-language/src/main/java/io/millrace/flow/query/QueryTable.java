package io.millrace.flow.query;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A stream, or a cache, as Calcite sees it. */
final class QueryTable extends AbstractTable {

  private final String name;
  private final RelDataType row;
  private final CacheTable cache;

  private QueryTable(String name, RelDataType row, CacheTable cache) {
    this.name = name;
    this.row = row;
    this.cache = cache;
  }

  static QueryTable stream(String name, RelDataType row) {
    return new QueryTable(name, row, null);
  }

  static QueryTable cache(CacheTable cache, RelDataType row) {
    return new QueryTable(cache.name(), row, cache);
  }

  String name() {
    return name;
  }

  boolean isCache() {
    return cache != null;
  }

  CacheTable cache() {
    return cache;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return row;
  }
}
