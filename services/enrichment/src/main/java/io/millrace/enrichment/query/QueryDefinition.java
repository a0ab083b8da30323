package io.millrace.enrichment.query;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryParts;
import io.millrace.host.query.QueryPlan;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One QUERY of a plan, with everything that running it needs. Equal definitions run equally.
 *
 * @param query the query
 * @param caches the caches that it joins and the models that it asks
 * @param part the leaf of a stateful query that it does; null when its SELECT is stateless
 */
public record QueryDefinition(QueryPlan query, List<CacheTable> caches, Part part) {

  /**
   * A leaf of a stateful query, whose SELECT names more than the leaf does.
   *
   * @param leaf its index
   * @param rows the columns of the streams of the plan
   * @param tables the caches and models of the plan
   */
  record Part(int leaf, Map<String, RowType> rows, List<CacheTable> tables) {}

  public QueryDefinition {
    caches = List.copyOf(caches);
  }

  /**
   * Takes a query out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static QueryDefinition of(Plan plan, Component component) {
    List<CacheTable> caches =
        component.getCaches().stream()
            .map(name ->
                plan.getComponents().stream()
                    .filter(c -> c.getName().equalsIgnoreCase(name))
                    .findFirst()
                    .map(c -> table(name, c))
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "%s names the cache %s, which its plan does not hold"
                                .formatted(component.getName(), name))))
            .toList();
    OptionalInt leaf = QueryParts.leafOf(component.getOptions());
    return new QueryDefinition(
        QueryPlan.of(plan, component),
        caches,
        leaf.isPresent() ? part(leaf.getAsInt(), plan) : null);
  }

  private static Part part(int leaf, Plan plan) {
    Map<String, RowType> rows = new LinkedHashMap<>();
    plan.getStreams().forEach(s -> rows.put(s.getName(), AvroTypes.toRow(s.getRowSchema())));
    List<CacheTable> tables =
        plan.getComponents().stream()
            .filter(c -> c.getKind() == ComponentKind.CACHE || c.getKind() == ComponentKind.MODEL)
            .map(c -> table(c.getName(), c))
            .toList();
    return new Part(leaf, rows, tables);
  }

  private static CacheTable table(String name, Component cache) {
    return new CacheTable(
        name,
        AvroTypes.toRow(cache.getRowSchema()),
        cache.getKey(),
        cache.getKind() == ComponentKind.MODEL);
  }

  /** Compiles the query; throws what the compilers throw, with messages for a person. */
  CompiledQuery compile() {
    QueryCompiler compiler = new QueryCompiler();
    return part == null
        ? compiler.compile(query.sql(), query.rows(), caches)
        : compiler.compileLeaf(query.sql(), part.leaf(), part.rows(), part.tables());
  }
}
