package io.millrace.cep.epl;

import java.util.List;
import java.util.stream.Collectors;

/** An EPL text that is not accepted. */
public final class EplException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<EplDiagnostic> diagnostics;

  EplException(List<EplDiagnostic> diagnostics) {
    super(diagnostics.stream().map(EplDiagnostic::toString).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** At least one, in the order of the text. */
  public List<EplDiagnostic> diagnostics() {
    return diagnostics;
  }
}
