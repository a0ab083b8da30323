package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.query.AnalyzedQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryException;
import io.millrace.flow.query.QueryParts;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.StreamKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Plans stateful queries: the query itself in the analytics service, and queries of their own, in
 * the enrichment service, for leaves that join a cache or whose streams are spread otherwise than
 * the query needs them.
 */
final class StatefulPlanner {

  /** The option of a component that says for how many milliseconds. */
  static final String STATE_RETENTION = "state_retention_millis";

  private final PlanContext context;

  StatefulPlanner(PlanContext context) {
    this.context = context;
  }

  /**
   * Adds the components of a query.
   *
   * @param sql the query as it writes the output
   * @param options of its statement
   * @param inherit whether the output's key follows from the query's
   */
  void plan(
      Declaration declaration,
      String name,
      AnalyzedQuery query,
      String sql,
      StreamInfo output,
      Map<String, String> options,
      boolean inherit) {
    StatefulPlan plan;
    try {
      plan =
          sql.equals(query.sql())
              ? query.stateful()
              : new QueryCompiler(context.stateRetention())
                  .compileStateful(sql, query.rows(), query.tables());
    } catch (QueryException e) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          declaration.statement().pos(),
          "the query does not fit the stream: " + e.diagnostics().get(0).message());
      return;
    }
    Spread spread = Spread.of(plan, context.streams);
    note(declaration, name, plan, spread, query);
    Map<String, String> own = new TreeMap<>();
    copy(KnownOptions.START_FROM, options, own);
    idleTimeout(context, own);
    Set<String> inputs = new LinkedHashSet<>();
    Map<String, String> parts = new TreeMap<>();
    for (Node.Leaf leaf : plan.leaves()) {
      if (spread.direct().get(leaf.index())) {
        inputs.addAll(Spread.inputs(leaf));
      } else {
        String part = part(declaration, leaf, plan, spread, output, sql, own);
        parts.put(QueryParts.streamOption(leaf.index()), part);
        inputs.add(part);
      }
    }
    own.putAll(parts);
    stateRetention(context, own);
    stateMemory(context, own);
    Component.Builder component =
        context
            .component(declaration, name, ComponentKind.QUERY, "analytics")
            .setInputs(List.copyOf(inputs))
            .setOutputs(List.of(output.name))
            .setSql(sql)
            .setOptions(own);
    context.add(component, declaration, null);
    if (inherit) {
      output.partitionBy = inherited(plan, spread);
    }
  }

  private void note(
      Declaration declaration, String name, StatefulPlan plan, Spread spread, AnalyzedQuery query) {
    boolean spreadable =
        query.streams().stream().anyMatch(s -> context.streams.get(s).partitions() > 1);
    if (spread.positions().isEmpty() && spreadable) {
      context.diagnostics.info(
          Code.NOTE,
          declaration.statement().pos(),
          name
              + " runs on one partition, because "
              + (plan.leaves().size() > 1
                  ? "its inputs have no key in common that all of its steps share"
                  : "it has no key that all of its steps share"));
    }
  }

  /** Says in a component's options how long its inputs may be silent, if the application does. */
  static void idleTimeout(PlanContext context, Map<String, String> own) {
    String option = context.applicationOptions.get("idle_timeout");
    if (option != null) {
      OptionFaults.millis(option)
          .ifPresent(millis -> own.put("idle_timeout_millis", Long.toString(millis)));
    }
  }

  /**
   * Says in a component's options how long it remembers what has no end, if the application does.
   */
  static void stateRetention(PlanContext context, Map<String, String> own) {
    long millis = context.stateRetention();
    if (millis > 0) {
      own.put(STATE_RETENTION, Long.toString(millis));
    }
  }

  /** Says in a component's options how much it may remember, if the application does. */
  static void stateMemory(PlanContext context, Map<String, String> own) {
    String option = context.applicationOptions.get("state_memory");
    if (option != null) {
      OptionFaults.bytes(option)
          .ifPresent(bytes -> own.put("state_memory_bytes", Long.toString(bytes)));
    }
  }

  private static void copy(String name, Map<String, String> from, Map<String, String> to) {
    if (from.containsKey(name)) {
      to.put(name, from.get(name));
    }
  }

  /** The query that does a leaf; the name of the stream that it writes. */
  private String part(
      Declaration declaration,
      Node.Leaf leaf,
      StatefulPlan plan,
      Spread spread,
      StreamInfo output,
      String sql,
      Map<String, String> options) {
    StreamInfo stream = context.newStream(freeName(output.name), null, StreamKind.EVENTS);
    List<String> names = leaf.row().getFieldNames();
    List<Integer> distribution = plan.distribution().get(leaf.index());
    stream.row = CalciteTypes.toRow(leaf.row());
    stream.partitionBy =
        spread.positions().stream().map(p -> names.get(distribution.get(p))).distinct().toList();
    stream.partitions = spread.partitions();
    stream.timestampColumn = leaf.time() < 0 ? null : names.get(leaf.time());
    stream.allowedLateness =
        Spread.inputs(leaf).stream()
            .mapToLong(s -> context.streams.get(s).lateness())
            .max()
            .orElse(0);
    Map<String, String> own = new TreeMap<>(options);
    own.put(QueryParts.PART, QueryParts.leaf(leaf.index()));
    Component.Builder component =
        context
            .component(declaration, stream.name, ComponentKind.QUERY, "enrichment")
            .setInputs(List.copyOf(Spread.inputs(leaf)))
            .setOutputs(List.of(stream.name))
            .setCaches(List.copyOf(Spread.caches(leaf)))
            .setSql(sql)
            .setOptions(own);
    context.add(component, declaration, null);
    return stream.name;
  }

  private String freeName(String output) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> output + "-input-" + i)
        .filter(
            n -> !context.streams.containsKey(n) && !context.names.containsKey(PlanContext.key(n)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The output's columns that are the key of the query's tasks; empty when one does not come out.
   */
  private static List<String> inherited(StatefulPlan plan, Spread spread) {
    List<String> columns = new ArrayList<>();
    for (int position : spread.positions()) {
      int column = plan.outputKeys().get(position);
      if (column < 0) {
        return List.of();
      }
      columns.add(plan.output().field(column).name());
    }
    return columns;
  }
}
