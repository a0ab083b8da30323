package io.millrace.analytics.query;

import io.millrace.cep.StatefulQuery;
import io.millrace.cep.epl.EplException;
import io.millrace.cep.epl.EplLimits;
import io.millrace.cep.epl.EplQuery;
import io.millrace.host.query.QueryPlan;
import io.millrace.schemas.type.AvroTypes;
import java.time.Duration;
import java.util.List;

/** Compiles the text of AS EPL. */
public final class EplCompilation implements QueryCompilation {

  /** Whether a query is in EPL. */
  public static boolean isEpl(StatefulDefinition definition) {
    return "epl".equals(definition.query().options().get("language"));
  }

  @Override
  public StatefulQuery compile(StatefulDefinition definition) {
    QueryPlan plan = definition.query();
    try {
      return EplQuery.compile(
              plan.sql(),
              plan.rows(),
              AvroTypes.toRow(plan.output().getRowSchema()),
              EplLimits.defaults().withRetention(Duration.ofMillis(plan.stateRetentionMillis())))
          .stateful(plan.component(), List.copyOf(plan.rows().keySet()));
    } catch (EplException e) {
      throw new IllegalArgumentException("the EPL is not accepted: " + e.getMessage(), e);
    }
  }
}
