package io.millrace.analytics.query;

import io.millrace.cep.StatefulQuery;
import io.millrace.flow.query.QueryCompiler;

/** Compiles the SELECT of a stateful query; throws what the compilers throw, for a person. */
public final class SqlCompilation implements QueryCompilation {

  @Override
  public StatefulQuery compile(StatefulDefinition definition) {
    return StatefulQuery.compile(
            new QueryCompiler(definition.query().stateRetentionMillis())
                .compileStateful(
                    definition.query().sql(),
                    definition.rows(),
                    definition.tables(),
                    definition.parts()),
            definition.query().inputs())
        .named(definition.query().component());
  }
}
