package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What enrichment does with the queries of a plan. */
final class PlanQueries {

  private PlanQueries() {}

  static void compile(Plan plan, Component query) {
    Map<String, RowType> streams = new HashMap<>();
    for (StreamDefinition stream : plan.getStreams()) {
      streams.put(stream.getName(), AvroTypes.toRow(stream.getRowSchema()));
    }
    List<CacheTable> caches = new ArrayList<>();
    for (Component cache : plan.getComponents()) {
      if (query.getCaches().contains(cache.getName())) {
        caches.add(
            new CacheTable(cache.getName(), AvroTypes.toRow(cache.getRowSchema()), cache.getKey()));
      }
    }
    Map<String, RowType> inputs = new HashMap<>(streams);
    inputs.keySet().retainAll(query.getInputs());
    CompiledQuery compiled = new QueryCompiler().compile(query.getSql(), inputs, caches);
    RowType expected = streams.get(query.getOutputs().get(0));
    assertThat(compiled.output().fields().stream().map(Field::name).toList())
        .isEqualTo(expected.fields().stream().map(Field::name).toList());
    assertThat(compiled.output().fields().stream().map(Field::type).toList())
        .isEqualTo(expected.fields().stream().map(Field::type).toList());
  }
}
