package io.millrace.analytics.query;

import io.millrace.flow.query.CacheTable;
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

/**
 * A stateful query of a plan, with everything that running it needs. Equal definitions run equally.
 *
 * @param query the query
 * @param rows the columns of the streams that its text names
 * @param tables the caches and models that its text names
 * @param parts the streams that hold the rows of leaves which other components do
 */
public record StatefulDefinition(
    QueryPlan query,
    Map<String, RowType> rows,
    List<CacheTable> tables,
    Map<Integer, String> parts) {

  public StatefulDefinition {
    tables = List.copyOf(tables);
    parts = Map.copyOf(parts);
  }

  /**
   * Takes a query out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static StatefulDefinition of(Plan plan, Component component) {
    QueryPlan query = QueryPlan.of(plan, component);
    Map<Integer, String> parts = QueryParts.streamsOf(component.getOptions());
    if (parts.isEmpty()) {
      return new StatefulDefinition(query, query.rows(), List.of(), parts);
    }
    // The text names what the parts read; which streams those are is theirs to know.
    Map<String, RowType> rows = new LinkedHashMap<>();
    plan.getStreams().forEach(s -> rows.put(s.getName(), AvroTypes.toRow(s.getRowSchema())));
    List<CacheTable> tables =
        plan.getComponents().stream()
            .filter(c -> c.getKind() == ComponentKind.CACHE || c.getKind() == ComponentKind.MODEL)
            .map(c ->
                new CacheTable(
                    c.getName(),
                    AvroTypes.toRow(c.getRowSchema()),
                    c.getKey(),
                    c.getKind() == ComponentKind.MODEL))
            .toList();
    return new StatefulDefinition(query, rows, tables, parts);
  }
}
