package io.millrace.host;

import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import io.millrace.service.plan.DeploymentGroups;
import io.millrace.service.plan.PlanListener;
import io.millrace.service.status.StatusReporter;
import io.millrace.service.status.StatusSource;
import java.util.Collection;

/** Between the control plane and what runs here. */
public final class PlanFollower implements PlanListener, StatusSource {

  private final Applications applications;
  private final StatusReporter reporter;
  private final DeploymentGroups groups;

  public PlanFollower(Applications applications, StatusReporter reporter, DeploymentGroups groups) {
    this.applications = applications;
    this.reporter = reporter;
    this.groups = groups;
  }

  @Override
  public void onPlan(Plan plan) {
    withdraw(plan.getApplication(), applications.apply(plan, groups::take));
    report(plan.getApplication());
  }

  @Override
  public void onRemoved(String application) {
    withdraw(application, applications.remove(application));
  }

  @Override
  public Collection<ComponentStatus> statuses() {
    return applications.statuses();
  }

  /** Reports what has changed since the last time; unchanged states cost nothing. */
  public void reportChanges() {
    applications.statuses().forEach(reporter::report);
  }

  private void report(String application) {
    applications.statuses().stream()
        .filter(s -> s.getApplication().equals(application))
        .forEach(reporter::report);
  }

  private void withdraw(String application, Iterable<String> components) {
    components.forEach(component -> reporter.remove(application, component));
  }
}
