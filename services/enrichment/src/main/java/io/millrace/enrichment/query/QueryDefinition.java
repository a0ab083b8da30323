package io.millrace.enrichment.query;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.host.query.QueryPlan;
import io.millrace.rows.StatelessQuery;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.type.AvroTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * One QUERY of a plan, with everything that running it needs. Equal definitions run equally.
 *
 * @param query the query
 * @param caches the caches it joins
 */
public record QueryDefinition(QueryPlan query, List<CacheTable> caches) {

  /**
   * Takes a query out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static QueryDefinition of(Plan plan, Component component) {
    List<CacheTable> caches = new ArrayList<>();
    for (String name : component.getCaches()) {
      Component cache =
          plan.getComponents().stream()
              .filter(c -> c.getName().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s names the cache %s, which its plan does not hold"
                          .formatted(component.getName(), name)));
      caches.add(
          new CacheTable(
              name,
              AvroTypes.toRow(cache.getRowSchema()),
              cache.getKey(),
              cache.getKind() == ComponentKind.MODEL));
    }
    return new QueryDefinition(QueryPlan.of(plan, component), List.copyOf(caches));
  }

  /** Compiles the query; throws what the compilers throw, with messages for a person. */
  StatelessQuery compile() {
    CompiledQuery compiled = new QueryCompiler().compile(query.sql(), query.rows(), caches);
    return StatelessQuery.compile(compiled);
  }
}
