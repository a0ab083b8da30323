package io.millrace.enrichment.query;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.StatelessQuery;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * One QUERY of a plan, with everything that running it needs. Equal definitions run equally.
 *
 * @param application namespace.name
 * @param component the component's name
 * @param sql its SELECT
 * @param inputs the streams it reads
 * @param output the stream it writes
 * @param caches the caches it joins
 * @param options the application's options
 * @param fingerprint the component's
 */
public record QueryDefinition(
    String application,
    String component,
    String sql,
    List<StreamDefinition> inputs,
    StreamDefinition output,
    List<CacheTable> caches,
    Map<String, String> options,
    String fingerprint) {

  /** A query with its output's layout. */
  record Compiled(StatelessQuery query, RowType row) {}

  /**
   * Takes a query out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static QueryDefinition of(Plan plan, Component component) {
    List<StreamDefinition> inputs =
        component.getInputs().stream().map(name -> stream(plan, name)).toList();
    if (component.getOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "query %s has %d outputs and has to have one"
              .formatted(component.getName(), component.getOutputs().size()));
    }
    List<CacheTable> caches = new ArrayList<>();
    for (String name : component.getCaches()) {
      Component cache =
          plan.getComponents().stream()
              .filter(c -> c.getName().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> missing(component.getName(), "cache", name));
      caches.add(new CacheTable(name, AvroTypes.toRow(cache.getRowSchema()), cache.getKey()));
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : List.of("delivery", "on_error")) {
      if (plan.getOptions().containsKey(name)) {
        options.put(name, plan.getOptions().get(name).toLowerCase(Locale.ROOT));
      }
    }
    if (component.getOptions().containsKey("start_from")) {
      options.put("start_from", component.getOptions().get("start_from").toLowerCase(Locale.ROOT));
    }
    return new QueryDefinition(
        plan.getApplication(),
        component.getName(),
        component.getSql(),
        inputs,
        stream(plan, component.getOutputs().getFirst()),
        List.copyOf(caches),
        Map.copyOf(options),
        component.getFingerprint());
  }

  /** Compiles the query; throws what the compilers throw, with messages for a person. */
  Compiled compile() {
    Map<String, RowType> rows = new LinkedHashMap<>();
    inputs.forEach(input -> rows.put(input.getName(), AvroTypes.toRow(input.getRowSchema())));
    CompiledQuery compiled = new QueryCompiler().compile(sql, rows, caches);
    return new Compiled(StatelessQuery.compile(compiled), compiled.output());
  }

  Schema outputSchema() {
    return AvroTypes.parse(output.getRowSchema());
  }

  private static StreamDefinition stream(Plan plan, String name) {
    return plan.getStreams().stream()
        .filter(s -> s.getName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> missing(plan.getApplication(), "stream", name));
  }

  private static IllegalArgumentException missing(String where, String what, String name) {
    return new IllegalArgumentException(
        "%s names the %s %s, which its plan does not hold".formatted(where, what, name));
  }
}
