package io.millrace.flow.plan;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryException;
import io.millrace.flow.query.QueryParts;
import io.millrace.flow.stateful.Signature;
import io.millrace.flow.stateful.Signatures;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what becomes of what a stateful query remembers when it gets a new revision. */
final class StateComparison {

  private static final String EMPTY = "it starts with empty state: ";

  private final Plan before;
  private final Plan after;

  StateComparison(Plan before, Plan after) {
    this.before = before;
    this.after = after;
  }

  /** What a query remembers. */
  private record Memory(List<Signature> steps, Set<String> clocks, Set<String> topics) {}

  /** A phrase for a person; null when there is no state to speak of. */
  String of(Component was, Component now) {
    if (!isStateful(was) || !isStateful(now)) {
      return null;
    }
    if (isEpl(was) || isEpl(now)) {
      return sameEvents(was, now)
          ? "its state is kept"
          : EMPTY + "EPL keeps it only while the query and its inputs' columns stay the same";
    }
    Memory old;
    try {
      old = memory(before, was);
    } catch (QueryException e) {
      return EMPTY + "its earlier query does not compile any more";
    }
    Memory next = memory(after, now);
    if (next.steps().isEmpty()) {
      return null;
    }
    Set<String> gone = new LinkedHashSet<>(was.getInputs());
    now.getInputs().forEach(gone::remove);
    if (!gone.isEmpty()) {
      return EMPTY + "it does not read " + String.join(" and ", gone) + " any more";
    }
    if (!next.topics().containsAll(old.topics()) || !next.clocks().containsAll(old.clocks())) {
      return EMPTY + "the topic, the key or the time of an input changed";
    }
    return steps(old, next);
  }

  private static String steps(Memory old, Memory next) {
    Set<String> known = old.steps().stream().map(Signature::digest).collect(Collectors.toSet());
    Set<String> kept = new LinkedHashSet<>();
    Set<String> empty = new LinkedHashSet<>();
    for (Signature step : next.steps()) {
      (known.contains(step.digest()) ? kept : empty).add(step.words());
    }
    if (empty.isEmpty()) {
      return "its state is kept";
    }
    return kept.isEmpty()
        ? EMPTY + "its " + String.join(", its ", empty) + " changed"
        : "the state of its %s is kept, that of its %s starts empty"
            .formatted(String.join(", its ", kept), String.join(", its ", empty));
  }

  private static boolean isStateful(Component component) {
    return component.getKind() == ComponentKind.QUERY && component.getService().equals("analytics");
  }

  private static boolean isEpl(Component component) {
    return "epl".equals(component.getOptions().get("language"));
  }

  private boolean sameEvents(Component was, Component now) {
    return was.getSql().equals(now.getSql())
        && was.getInputs().equals(now.getInputs())
        && was.getInputs().stream()
            .allMatch(
                i -> stream(before, i).getRowSchema().equals(stream(after, i).getRowSchema()));
  }

  private static StreamDefinition stream(Plan plan, String name) {
    return plan.getStreams().stream()
        .filter(s -> s.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long stateRetention(Component query) {
    return Long.parseLong(query.getOptions().getOrDefault(StatefulPlanner.STATE_RETENTION, "0"));
  }

  private static Memory memory(Plan plan, Component query) {
    Map<String, RowType> rows = new HashMap<>();
    plan.getStreams().forEach(s -> rows.put(s.getName(), AvroTypes.toRow(s.getRowSchema())));
    List<CacheTable> tables = new ArrayList<>();
    for (Component c : plan.getComponents()) {
      if (c.getKind() == ComponentKind.CACHE || c.getKind() == ComponentKind.MODEL) {
        tables.add(
            new CacheTable(
                c.getName(),
                AvroTypes.toRow(c.getRowSchema()),
                c.getKey(),
                c.getKind() == ComponentKind.MODEL));
      }
    }
    StatefulPlan compiled =
        new QueryCompiler(stateRetention(query))
            .compileStateful(
                query.getSql(), rows, tables, QueryParts.streamsOf(query.getOptions()));
    Signatures signatures = new Signatures(plan.getStreams());
    return new Memory(
        signatures.all(compiled),
        signatures.clocks(compiled),
        query.getInputs().stream()
            .map(input -> stream(plan, input).getTopic())
            .collect(Collectors.toSet()));
  }
}
