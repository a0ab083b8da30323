package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts what the planners made together. */
public final class PlanAssembly {

  private final PlanContext context;

  PlanAssembly(PlanContext context) {
    this.context = context;
  }

  /** A plan and its picture. */
  public record Planned(Plan plan, Graph graph) {}

  Planned assemble() {
    Map<String, StreamDefinition> streams = new LinkedHashMap<>();
    context.streams.forEach((name, stream) -> streams.put(name, stream.definition()));
    Map<String, Component> caches = new HashMap<>();
    Map<String, String> guarantees = new HashMap<>();
    for (Draft draft : context.drafts) {
      if (draft.component().getKind() == ComponentKind.CACHE
          || draft.component().getKind() == ComponentKind.MODEL) {
        caches.put(draft.component().getName(), draft.component().build());
      }
      if (draft.guarantee() != null) {
        guarantees.put(draft.component().getName(), guarantee(draft));
      }
    }
    Fingerprints fingerprints = new Fingerprints(streams, caches, concerning());
    List<Component> components = new ArrayList<>();
    for (Draft draft : context.drafts) {
      Component component = draft.component().build();
      components.add(
          Component.newBuilder(component).setFingerprint(fingerprints.of(component)).build());
    }
    Plan plan =
        Plan.newBuilder()
            .setApplication(context.application)
            .setRevision(0)
            .setDesired(DesiredState.DEPLOYED)
            .setOptions(new TreeMap<>(context.applicationOptions))
            .setStreams(List.copyOf(streams.values()))
            .setComponents(components)
            .build();
    return new Planned(plan, new GraphBuilder(plan, guarantees).build());
  }

  private Map<String, String> concerning() {
    Map<String, String> options = new TreeMap<>();
    options.put("delivery", context.applicationOptions.getOrDefault("delivery", "exactly-once"));
    options.put("on_error", context.applicationOptions.getOrDefault("on_error", "dead-letter"));
    return options;
  }

  private String guarantee(Draft draft) {
    boolean exactly = concerning().get("delivery").equalsIgnoreCase("exactly-once");
    if (exactly && !draft.guarantee().startsWith("exactly-once")) {
      context.diagnostics.info(
          Code.NOTE, draft.pos(), draft.component().getName() + " is " + draft.guarantee());
    }
    return exactly ? draft.guarantee() : "at-least-once";
  }

  /** Events that come back to where they came from would go round for ever. */
  void checkCycles() {
    Map<String, List<Draft>> readers = new HashMap<>();
    for (Draft draft : context.drafts) {
      draft
          .component()
          .getInputs()
          .forEach(s -> readers.computeIfAbsent(s, k -> new ArrayList<>()).add(draft));
    }
    Set<Draft> harmless = new HashSet<>();
    for (Draft draft : context.drafts) {
      if (draft.component().getName().indexOf('#') >= 0
          && returns(draft, draft, readers, harmless)) {
        context.diagnostics.error(
            Code.INVALID_STATEMENT,
            draft.pos(),
            "what this writes into "
                + draft.component().getOutputs().get(0)
                + " comes back to it, round and round; take one of the streams between out");
      }
      harmless.clear();
    }
  }

  private static boolean returns(
      Draft from, Draft start, Map<String, List<Draft>> readers, Set<Draft> seen) {
    for (String stream : from.component().getOutputs()) {
      for (Draft reader : readers.getOrDefault(stream, List.of())) {
        if (reader.equals(start) || (seen.add(reader) && returns(reader, start, readers, seen))) {
          return true;
        }
      }
    }
    return false;
  }
}
