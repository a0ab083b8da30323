package io.millrace.flow.query;

import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;

/** The streams and caches that one query may name, and the language's own type names. */
final class QueryCatalog extends CalciteCatalogReader {

  private final FlowTypeFactory types;
  private final PredictFunction predict;

  private QueryCatalog(CalciteSchema root, PredictFunction predict, FlowTypeFactory types) {
    super(
        root,
        new FlowNameMatcher(),
        List.of(List.of()),
        types,
        new CalciteConnectionConfigImpl(new Properties()));
    this.types = types;
    this.predict = predict;
  }

  /** PREDICT, for the models that the query may ask. */
  PredictFunction predict() {
    return predict;
  }

  static QueryCatalog of(
      Map<String, RowType> streams, Collection<CacheTable> caches, FlowTypeFactory types) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    streams.forEach(
        (name, row) -> root.add(name, QueryTable.stream(name, CalciteTypes.toCalcite(row, types))));
    for (CacheTable cache : caches) {
      if (cache.model()) {
        continue; // PREDICT asks it; it has no rows to read.
      }
      root.add(
          cache.name(), QueryTable.cache(cache, CalciteTypes.toCalcite(cache.columns(), types)));
    }
    return new QueryCatalog(root, new PredictFunction(caches), types);
  }

  @Override
  public RelDataType getNamedType(SqlIdentifier name) {
    if (!name.isSimple()) {
      return null;
    }
    DataType type =
        switch (name.getSimple().toUpperCase(Locale.ROOT)) {
          case "STRING", "TEXT" -> DataType.STRING;
          case "BYTES" -> DataType.BYTES;
          case "JSON" -> DataType.JSON;
          case "INT" -> DataType.INT;
          default -> null;
        };
    return type == null ? null : CalciteTypes.toCalcite(type, false, types);
  }
}
