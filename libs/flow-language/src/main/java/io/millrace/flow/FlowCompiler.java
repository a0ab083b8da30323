package io.millrace.flow;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.environment.Environment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compiles scripts. Thread-safe; never throws on account of a script. */
public final class FlowCompiler {

  /**
   * Compiles a script.
   *
   * @param script the whole text
   * @param defaultNamespace the namespace of an application that names none
   * @param environment what is around it
   */
  public Compilation compile(String script, String defaultNamespace, Environment environment) {
    Objects.requireNonNull(environment, "environment");
    return new Compilation(
        List.of(
            new Diagnostic(
                Diagnostic.Severity.ERROR,
                Code.NOT_YET_SUPPORTED,
                "not available in this version: applications in namespace "
                    + defaultNamespace
                    + " of "
                    + script.length()
                    + " characters",
                1,
                1,
                1,
                1,
                "",
                List.of(),
                null)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
