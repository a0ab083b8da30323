package io.millrace.control.lifecycle;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last plan of an application: all that it has ever had, for the services to let go of. */
final class DroppedPlan {

  private DroppedPlan() {}

  /**
   * Of components and streams that several revisions have, the latest counts.
   *
   * @param plans of all revisions; at least one
   */
  static Plan of(Collection<Plan> plans) {
    List<Plan> oldestFirst =
        plans.stream().sorted(Comparator.comparingLong(Plan::getRevision)).toList();
    Map<String, StreamDefinition> streams = new LinkedHashMap<>();
    Map<String, Component> components = new LinkedHashMap<>();
    for (Plan plan : oldestFirst) {
      plan.getStreams().forEach(stream -> streams.put(stream.getName(), stream));
      plan.getComponents().forEach(component -> components.put(component.getName(), component));
    }
    return Plan.newBuilder(oldestFirst.getLast())
        .setDesired(DesiredState.STOPPED)
        .setDrained(List.of())
        .setDropped(true)
        .setStreams(new ArrayList<>(streams.values()))
        .setComponents(new ArrayList<>(components.values()))
        .setUpdatedAt(System.currentTimeMillis())
        .build();
  }
}
