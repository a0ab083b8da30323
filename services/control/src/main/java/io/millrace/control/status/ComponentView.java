package io.millrace.control.status;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.EdgeStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One component as the REST interface shows it.
 *
 * @param state as its instances report it; CREATED or DEPLOYED while it is to run nowhere, UNKNOWN
 *     when none reports
 * @param eventsIn total over all of its life; so eventsOut and deadLetters
 * @param inRate events a second over the last ten seconds; so outRate
 * @param lag events that wait for it
 * @param lastEventTime milliseconds since the epoch, or null
 */
public record ComponentView(
    String name,
    String kind,
    String service,
    String connector,
    int line,
    String state,
    String errorCode,
    String error,
    Long errorAt,
    String guarantee,
    int instances,
    long eventsIn,
    long eventsOut,
    long deadLetters,
    double inRate,
    double outRate,
    long lag,
    Double latencyP50Millis,
    Double latencyP99Millis,
    Long lastEventTime,
    List<EdgeView> edges,
    Map<String, String> details) {

  /** One stream that a component reads or writes; events since its instances started. */
  public record EdgeView(String stream, boolean input, long events, double rate, long lag) {}

  static ComponentView of(
      ApplicationRecord application,
      Component component,
      List<InstanceStatus> live,
      CounterStore.Totals totals) {
    List<ComponentStatus> statuses = live.stream().map(InstanceStatus::latest).toList();
    ComponentStatus trouble =
        statuses.stream()
            .filter(s -> s.getError() != null)
            .max((a, b) -> Long.compare(time(a.getErrorAt()), time(b.getErrorAt())))
            .orElse(null);
    String state = state(application, live);
    Map<String, String> details = new LinkedHashMap<>();
    statuses.forEach(s -> details.putAll(s.getDetails()));
    return new ComponentView(
        component.getName(),
        component.getKind().name(),
        component.getService(),
        component.getConnector(),
        component.getLine(),
        state,
        trouble == null ? null : trouble.getErrorCode(),
        trouble != null
            ? trouble.getError()
            : state.equals("UNKNOWN") ? StateRules.unreported(component) : null,
        trouble == null ? null : trouble.getErrorAt(),
        statuses.stream()
            .map(ComponentStatus::getGuarantee)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        live.size(),
        totals.eventsIn(),
        totals.eventsOut(),
        totals.deadLetters(),
        live.stream().mapToDouble(InstanceStatus::inRate).sum(),
        live.stream().mapToDouble(InstanceStatus::outRate).sum(),
        statuses.stream().mapToLong(ComponentStatus::getLag).sum(),
        worst(statuses, ComponentStatus::getLatencyP50Millis),
        worst(statuses, ComponentStatus::getLatencyP99Millis),
        statuses.stream()
            .map(ComponentStatus::getLastEventTime)
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null),
        edges(live),
        details);
  }

  private static String state(ApplicationRecord application, List<InstanceStatus> live) {
    if (application.desired() == null) {
      return "CREATED";
    }
    ComponentState reported = StateRules.component(live);
    if (application.desired() == DesiredState.DEPLOYED
        && (reported == null || reported == ComponentState.STOPPED)) {
      return "DEPLOYED";
    }
    if (reported != null) {
      return reported.name();
    }
    return application.desired() == DesiredState.STOPPED ? "STOPPED" : "UNKNOWN";
  }

  private static List<EdgeView> edges(List<InstanceStatus> live) {
    Map<String, EdgeView> edges = new LinkedHashMap<>();
    for (InstanceStatus instance : live) {
      for (EdgeStatus edge : instance.latest().getEdges()) {
        edges.merge(
            edge.getInput() + edge.getStream(),
            new EdgeView(
                edge.getStream(),
                edge.getInput(),
                edge.getEvents(),
                instance.rate(edge),
                edge.getLag()),
            (a, b) ->
                new EdgeView(
                    a.stream(),
                    a.input(),
                    a.events() + b.events(),
                    a.rate() + b.rate(),
                    a.lag() + b.lag()));
      }
    }
    return new ArrayList<>(edges.values());
  }

  private static Double worst(
      List<ComponentStatus> statuses, Function<ComponentStatus, Double> latency) {
    return statuses.stream()
        .map(latency)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }

  private static long time(Long at) {
    return at == null ? 0 : at;
  }
}
