package io.millrace.analytics.query;

import io.millrace.cep.StatefulQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.host.query.QueryPlan;
import java.util.List;

/** Compiles the SELECT of a stateful query; throws what the compilers throw, for a person. */
public final class SqlCompilation implements QueryCompilation {

  @Override
  public StatefulQuery compile(QueryPlan plan) {
    return StatefulQuery.compile(
        new QueryCompiler().compileStateful(plan.sql(), plan.rows(), List.of()));
  }
}
