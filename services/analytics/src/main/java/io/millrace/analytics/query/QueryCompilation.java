package io.millrace.analytics.query;

import io.millrace.cep.StatefulQuery;

/** Turns a query of a plan into one that runs. */
@FunctionalInterface
public interface QueryCompilation {

  /**
   * Compiles a query.
   *
   * @throws RuntimeException if it cannot be compiled; the message says why
   */
  StatefulQuery compile(StatefulDefinition definition);
}
