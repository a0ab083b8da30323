package io.millrace.flow;

import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.plan.Graph;
import io.millrace.schemas.control.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What came of compiling a script.
 *
 * @param diagnostics what there is to say, in the order of the script
 * @param application the full name (namespace.name), when CREATE APPLICATION could be read
 * @param plan present when no diagnostic is an error; revision and time are 0 and the desired state
 *     DEPLOYED, the caller sets them
 * @param graph the application as it is drawn; present when there is a plan
 */
public record Compilation(
    List<Diagnostic> diagnostics,
    Optional<String> application,
    Optional<Plan> plan,
    Optional<Graph> graph) {

  public Compilation {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether the script can be deployed. */
  public boolean isValid() {
    return plan.isPresent();
  }
}
