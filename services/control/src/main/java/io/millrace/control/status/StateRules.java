package io.millrace.control.status;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Derives an application's state from what it should be and what its components report. */
final class StateRules {

  private StateRules() {}

  static ApplicationState of(
      ApplicationRecord application, Plan plan, Function<Component, List<InstanceStatus>> live) {
    Map<Component, List<InstanceStatus>> reports = new LinkedHashMap<>();
    plan.getComponents().forEach(component -> reports.put(component, live.apply(component)));
    boolean allRunning = reports.values().stream().allMatch(StateRules::runs);
    boolean noneRuns = reports.values().stream().allMatch(StateRules::stands);
    if (application.desired() == null) {
      return new ApplicationState("CREATED", null, false, noneRuns);
    }
    String failed = errors(reports, ComponentState.FAILED);
    String restarting = errors(reports, ComponentState.RESTARTING);
    String reached = application.reached().name();
    return switch (application.desired()) {
      case DEPLOYED ->
          failed == null
              ? new ApplicationState("DEPLOYED", null, false, noneRuns)
              : new ApplicationState("FAILED", failed, false, noneRuns);
      case STOPPED ->
          noneRuns
              ? new ApplicationState("STOPPED", null, false, true)
              : new ApplicationState(reached, "stopping: " + waiting(reports, false), false, false);
      case QUIESCING ->
          failed == null
              ? new ApplicationState(
                  "QUIESCING", "draining: " + waiting(reports, false), false, noneRuns)
              : new ApplicationState("FAILED", failed, false, noneRuns);
      case RUNNING -> {
        if (failed != null) {
          yield new ApplicationState("FAILED", failed, false, noneRuns);
        }
        if (restarting != null) {
          yield new ApplicationState("DEGRADED", restarting, false, noneRuns);
        }
        if (allRunning) {
          yield new ApplicationState("RUNNING", null, true, false);
        }
        String waiting = waiting(reports, true);
        yield reached.equals("RUNNING")
            ? new ApplicationState("DEGRADED", waiting, false, noneRuns)
            : new ApplicationState(reached, "starting: " + waiting, false, noneRuns);
      }
    };
  }

  /** The state of a component of which these instances report; null when none does. */
  static ComponentState component(List<InstanceStatus> live) {
    for (ComponentState state :
        List.of(
            ComponentState.FAILED,
            ComponentState.RESTARTING,
            ComponentState.STARTING,
            ComponentState.DRAINING,
            ComponentState.RUNNING,
            ComponentState.STOPPED)) {
      if (live.stream().anyMatch(instance -> instance.is(state))) {
        return state;
      }
    }
    return null;
  }

  /** What a person has to know of a component that no instance reports. */
  static String unreported(Component component) {
    return component.getGroup() == null
        ? "no instance of the service %s reports it; see that the service runs"
            .formatted(component.getService())
        : "no instance of the service %s in the group %s reports it; see that one runs there"
            .formatted(component.getService(), component.getGroup());
  }

  private static boolean runs(List<InstanceStatus> live) {
    return !live.isEmpty() && live.stream().allMatch(i -> i.is(ComponentState.RUNNING));
  }

  private static boolean stands(List<InstanceStatus> live) {
    return live.stream().allMatch(i -> i.is(ComponentState.STOPPED) || i.is(ComponentState.FAILED));
  }

  private static String errors(Map<Component, List<InstanceStatus>> reports, ComponentState state) {
    List<String> errors = new ArrayList<>();
    reports.forEach((component, live) ->
        live.stream()
            .filter(instance -> instance.is(state))
            .findFirst()
            .ifPresent(instance -> {
              String error = instance.latest().getError();
              errors.add(
                  component.getName()
                      + ": "
                      + (error == null ? "the service gives no reason" : error));
            }));
    return errors.isEmpty() ? null : String.join("; ", errors);
  }

  /** Which components are not yet where they should be. */
  private static String waiting(Map<Component, List<InstanceStatus>> reports, boolean toRun) {
    List<String> waiting = new ArrayList<>();
    reports.forEach((component, live) -> {
      if (live.isEmpty() && toRun) {
        waiting.add(component.getName() + ": " + unreported(component));
      } else if (toRun ? !runs(live) : !stands(live)) {
        waiting.add(component.getName() + " is " + component(live));
      }
    });
    return String.join("; ", waiting);
  }
}
