package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** A query that cannot be compiled; it has at least one diagnostic. */
public final class QueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final transient List<Diagnostic> diagnostics;

  QueryException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
