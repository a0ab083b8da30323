package io.millrace.flow.plan;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Finds what differs between two plans, and says it in words. */
final class PlanComparison {

  private final List<Component> componentsBefore;
  private final List<Component> componentsAfter;
  private final List<StreamDefinition> streamsBefore;
  private final List<StreamDefinition> streamsAfter;
  private final StateComparison states;

  PlanComparison(Plan before, Plan after) {
    this.componentsBefore = before == null ? List.of() : before.getComponents();
    this.componentsAfter = after == null ? List.of() : after.getComponents();
    this.streamsBefore = before == null ? List.of() : before.getStreams();
    this.streamsAfter = after == null ? List.of() : after.getStreams();
    this.states = new StateComparison(before, after);
  }

  PlanDiff diff() {
    return new PlanDiff(
        changes(
            componentsBefore,
            componentsAfter,
            Component::getName,
            (a, b) ->
                a.getFingerprint().equals(b.getFingerprint()) ? List.of() : componentReasons(a, b),
            true),
        changes(
            streamsBefore, streamsAfter, StreamDefinition::getName, this::streamReasons, false));
  }

  private static <T> List<PlanDiff.Change> changes(
      List<T> before,
      List<T> after,
      Function<T, String> name,
      BiFunction<T, T, List<String>> reasons,
      boolean restarts) {
    Map<String, T> old = new LinkedHashMap<>();
    before.forEach(t -> old.put(name.apply(t), t));
    List<PlanDiff.Change> changes = new ArrayList<>();
    for (T now : after) {
      T was = old.remove(name.apply(now));
      if (was == null) {
        changes.add(new PlanDiff.Change(name.apply(now), PlanDiff.Kind.ADDED, false, List.of()));
        continue;
      }
      List<String> why = reasons.apply(was, now);
      changes.add(
          why.isEmpty()
              ? new PlanDiff.Change(name.apply(now), PlanDiff.Kind.UNCHANGED, false, List.of())
              : new PlanDiff.Change(name.apply(now), PlanDiff.Kind.CHANGED, restarts, why));
    }
    old.keySet()
        .forEach(gone ->
            changes.add(new PlanDiff.Change(gone, PlanDiff.Kind.REMOVED, false, List.of())));
    return changes;
  }

  private List<String> componentReasons(Component was, Component now) {
    List<String> reasons = new ArrayList<>();
    compare(reasons, "its kind", was.getKind(), now.getKind());
    compare(reasons, "its connector", was.getConnector(), now.getConnector());
    compare(reasons, "its deployment group", was.getGroup(), now.getGroup());
    mapReasons(reasons, was.getOptions(), now.getOptions());
    compare(reasons, "its query", was.getSql(), now.getSql());
    compare(reasons, "its columns", was.getRowSchema(), now.getRowSchema());
    compare(reasons, "its key", was.getKey(), now.getKey());
    compare(reasons, "its inputs", was.getInputs(), now.getInputs());
    compare(reasons, "its outputs", was.getOutputs(), now.getOutputs());
    compare(reasons, "the caches it joins", was.getCaches(), now.getCaches());
    for (String stream : now.getInputs()) {
      neighbour(reasons, "input ", stream);
    }
    for (String stream : now.getOutputs()) {
      neighbour(reasons, "output ", stream);
    }
    for (String cache : now.getCaches()) {
      Component before = component(componentsBefore, cache);
      Component after = component(componentsAfter, cache);
      if (before != null
          && after != null
          && !(before.getRowSchema().equals(after.getRowSchema())
              && before.getKey().equals(after.getKey()))) {
        reasons.add("the columns or the key of cache " + cache + " changed");
      }
    }
    if (reasons.isEmpty()) {
      reasons.add("an option of the application changed");
    }
    String state = states.of(was, now);
    if (state != null) {
      reasons.add(state);
    }
    return reasons;
  }

  private void neighbour(List<String> reasons, String role, String stream) {
    StreamDefinition before = stream(streamsBefore, stream);
    StreamDefinition after = stream(streamsAfter, stream);
    if (before == null || after == null) {
      return;
    }
    for (String reason : streamReasons(before, after)) {
      reasons.add(role + stream + ": " + reason);
    }
  }

  private static Component component(List<Component> components, String name) {
    return components.stream().filter(c -> c.getName().equals(name)).findFirst().orElse(null);
  }

  private static StreamDefinition stream(List<StreamDefinition> streams, String name) {
    return streams.stream().filter(s -> s.getName().equals(name)).findFirst().orElse(null);
  }

  private static void compare(List<String> reasons, String what, Object was, Object now) {
    if (!Objects.equals(was, now)) {
      reasons.add(what + " changed");
    }
  }

  private static void mapReasons(
      List<String> reasons, Map<String, String> was, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!was.containsKey(name)) {
        reasons.add("option " + name + " was added");
      } else if (!now.containsKey(name)) {
        reasons.add("option " + name + " was removed");
      } else if (!was.get(name).equals(now.get(name))) {
        reasons.add("option " + name + " changed");
      }
    }
  }

  private List<String> streamReasons(StreamDefinition was, StreamDefinition now) {
    List<String> reasons = new ArrayList<>();
    compare(reasons, "its topic", was.getTopic(), now.getTopic());
    compare(reasons, "its kind", was.getKind(), now.getKind());
    compare(reasons, "its table", was.getTable(), now.getTable());
    compare(reasons, "PARTITION BY", was.getPartitionBy(), now.getPartitionBy());
    compare(reasons, "TIMESTAMP BY", was.getTimestampColumn(), now.getTimestampColumn());
    compare(
        reasons, "ALLOW LATENESS", was.getAllowedLatenessMillis(), now.getAllowedLatenessMillis());
    compare(reasons, "its number of partitions", was.getPartitions(), now.getPartitions());
    compare(reasons, "its retention", was.getRetentionMillis(), now.getRetentionMillis());
    compare(reasons, "its format", was.getFormat(), now.getFormat());
    columnReasons(
        reasons, AvroTypes.toRow(was.getRowSchema()), AvroTypes.toRow(now.getRowSchema()));
    return reasons;
  }

  private static void columnReasons(List<String> reasons, RowType was, RowType now) {
    int before = reasons.size();
    Map<String, Field> old = new LinkedHashMap<>();
    was.fields().forEach(f -> old.put(f.name(), f));
    for (Field field : now.fields()) {
      Field earlier = old.remove(field.name());
      if (earlier == null) {
        reasons.add("column " + field.name() + " was added");
      } else if (!earlier.equals(field)) {
        reasons.add(
            "column " + field.name() + " was " + describe(earlier) + " and is " + describe(field));
      }
    }
    old.keySet().forEach(gone -> reasons.add("column " + gone + " was removed"));
    if (reasons.size() == before && !was.equals(now)) {
      reasons.add("the order of its columns changed");
    }
  }

  private static String describe(Field field) {
    return field.type().sql() + (field.nullable() ? "" : " NOT NULL");
  }
}
