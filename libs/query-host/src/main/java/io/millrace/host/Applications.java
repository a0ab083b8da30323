package io.millrace.host;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All applications on this instance. Plans are applied by one thread at a time; statuses may be
 * asked for by any.
 */
public final class Applications implements AutoCloseable {

  private final String service;
  private final Function<String, RunnerFactory> factories;
  private final Map<String, ApplicationHolder> applications = new ConcurrentHashMap<>();

  /**
   * @param service the service's name in plans
   * @param factories the runners of an application, by its full name
   */
  public Applications(String service, Function<String, RunnerFactory> factories) {
    this.service = service;
    this.factories = factories;
  }

  /** Follows a plan with all its components; returns those that are no longer held. */
  public Set<String> apply(Plan plan) {
    return apply(plan, component -> true);
  }

  /**
   * Follows a plan; returns the components that are no longer held.
   *
   * @param here which of the service's components run on this instance
   */
  public Set<String> apply(Plan plan, Predicate<Component> here) {
    return applications
        .computeIfAbsent(
            plan.getApplication(),
            name -> new ApplicationHolder(service, name, factories.apply(name)))
        .apply(plan, here);
  }

  /** Stops an application's components and forgets them; returns their names. */
  public Set<String> remove(String application) {
    ApplicationHolder holder = applications.remove(application);
    return holder == null ? Set.of() : holder.remove();
  }

  public Collection<ComponentStatus> statuses() {
    return applications.values().stream().flatMap(a -> a.statuses().stream()).toList();
  }

  /** Stops everything; positions are kept. */
  @Override
  public void close() {
    List<ApplicationHolder> all = List.copyOf(applications.values());
    all.forEach(ApplicationHolder::requestStop);
    all.forEach(ApplicationHolder::stop);
    applications.clear();
  }
}
