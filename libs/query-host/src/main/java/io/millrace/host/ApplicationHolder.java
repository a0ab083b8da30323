package io.millrace.host;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The components of one application that this service runs. */
final class ApplicationHolder {

  private final String service;
  private final String application;
  private final RunnerFactory factory;
  private final Map<String, ComponentHolder> holders = new LinkedHashMap<>();

  ApplicationHolder(String service, String application, RunnerFactory factory) {
    this.service = service;
    this.application = application;
    this.factory = factory;
  }

  /**
   * Makes what runs here what the plan wants; components that it leaves as they are go on
   * undisturbed. Returns the names of those that it no longer holds.
   */
  Set<String> apply(Plan plan, Predicate<Component> here) {
    List<Component> mine =
        plan.getComponents().stream()
            .filter(c -> service.equals(c.getService()) && here.test(c))
            .sorted(Comparator.comparing(c -> c.getKind() != ComponentKind.CACHE))
            .toList();
    Map<String, ComponentHolder> gone = gone(mine);
    gone.values().forEach(ComponentHolder::requestStop);
    Map<ComponentHolder, Component> next = new LinkedHashMap<>();
    synchronized (holders) {
      for (Component component : mine) {
        next.put(
            holders.computeIfAbsent(
                component.getName(),
                name -> new ComponentHolder(service, application, name, factory)),
            component);
      }
    }
    next.forEach((holder, component) -> holder.prepare(plan, component, mode(plan, component)));
    gone.values().forEach(ComponentHolder::remove);
    next.forEach((holder, component) -> holder.apply(plan, component, mode(plan, component)));
    return gone.keySet();
  }

  /** Stops everything and forgets it. Returns the names of what was held. */
  Set<String> remove() {
    List<ComponentHolder> all = all();
    all.forEach(ComponentHolder::requestStop);
    all.forEach(ComponentHolder::remove);
    synchronized (holders) {
      return Set.copyOf(holders.keySet());
    }
  }

  void requestStop() {
    all().forEach(ComponentHolder::requestStop);
  }

  void stop() {
    all().forEach(ComponentHolder::stop);
  }

  List<ComponentStatus> statuses() {
    return all().stream().map(ComponentHolder::status).toList();
  }

  private Map<String, ComponentHolder> gone(List<Component> mine) {
    Set<String> names = mine.stream().map(Component::getName).collect(Collectors.toSet());
    Map<String, ComponentHolder> gone = new LinkedHashMap<>();
    synchronized (holders) {
      holders.forEach((name, holder) -> {
        if (!names.contains(name)) {
          gone.put(name, holder);
        }
      });
      holders.keySet().removeAll(gone.keySet());
    }
    return gone;
  }

  private List<ComponentHolder> all() {
    synchronized (holders) {
      return new ArrayList<>(holders.values());
    }
  }

  private static ComponentHolder.Mode mode(Plan plan, Component component) {
    return switch (plan.getDesired()) {
      case RUNNING -> ComponentHolder.Mode.RUN;
      case QUIESCING ->
          plan.getDrained().contains(component.getName())
              ? ComponentHolder.Mode.DRAIN
              : ComponentHolder.Mode.RUN;
      case DEPLOYED, STOPPED -> ComponentHolder.Mode.STOP;
    };
  }
}
