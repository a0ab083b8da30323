package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryParts;
import io.millrace.flow.query.Step;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What enrichment and analytics do with the queries of a plan. */
final class PlanQueries {

  private PlanQueries() {}

  static void compile(Plan plan, Component query) {
    Map<String, RowType> streams = new HashMap<>();
    for (StreamDefinition stream : plan.getStreams()) {
      streams.put(stream.getName(), AvroTypes.toRow(stream.getRowSchema()));
    }
    List<CacheTable> caches = new ArrayList<>();
    for (Component cache : plan.getComponents()) {
      if (cache.getKind() == ComponentKind.CACHE || cache.getKind() == ComponentKind.MODEL) {
        caches.add(
            new CacheTable(
                cache.getName(),
                AvroTypes.toRow(cache.getRowSchema()),
                cache.getKey(),
                cache.getKind() == ComponentKind.MODEL));
      }
    }
    if ("epl".equals(query.getOptions().get("language"))) {
      return;
    }
    RowType expected = streams.get(query.getOutputs().get(0));
    RowType output = output(query, streams, caches);
    assertThat(output.fields().stream().map(Field::name).toList())
        .isEqualTo(expected.fields().stream().map(Field::name).toList());
    assertThat(output.fields().stream().map(Field::type).toList())
        .isEqualTo(expected.fields().stream().map(Field::type).toList());
  }

  private static RowType output(
      Component query, Map<String, RowType> streams, List<CacheTable> caches) {
    QueryCompiler compiler = new QueryCompiler();
    OptionalInt leaf = QueryParts.leafOf(query.getOptions());
    if (leaf.isPresent()) {
      CompiledQuery compiled =
          compiler.compileLeaf(query.getSql(), leaf.getAsInt(), streams, caches);
      assertThat(compiled.branches())
          .allSatisfy(b -> assertThat(query.getInputs()).contains(b.stream()));
      return compiled.output();
    }
    if (query.getService().equals("analytics")) {
      StatefulPlan plan =
          compiler.compileStateful(
              query.getSql(), streams, caches, QueryParts.streamsOf(query.getOptions()));
      assertThat(plan.leaves())
          .allSatisfy(l ->
              assertThat(l.branches())
                  .allSatisfy(b -> {
                    assertThat(query.getInputs()).contains(b.stream());
                    assertThat(b.steps()).noneMatch(Step.Lookup.class::isInstance);
                    if (b.stream().contains("-input-")) {
                      assertThat(types(streams.get(b.stream())))
                          .isEqualTo(types(CalciteTypes.toRow(l.row())));
                    }
                  }));
      return plan.output();
    }
    Map<String, RowType> inputs = new HashMap<>(streams);
    inputs.keySet().retainAll(query.getInputs());
    return compiler.compile(query.getSql(), inputs, caches).output();
  }

  private static List<DataType> types(RowType row) {
    return row.fields().stream().map(Field::type).toList();
  }
}
