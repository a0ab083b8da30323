package io.millrace.host;

import io.millrace.schemas.control.Plan;
import io.millrace.service.plan.DeploymentGroups;
import io.millrace.service.plan.PlanListener;
import io.millrace.service.status.StatusReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the control plane and what runs here. Statuses are read and reported in one step, so that
 * one that was read before a component went is not reported after it.
 */
public final class PlanFollower implements PlanListener {

  private static final Logger LOG = LoggerFactory.getLogger(PlanFollower.class);

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
    reportChanges();
  }

  @Override
  public void onRemoved(String application) {
    withdraw(application, applications.remove(application));
  }

  /** Reports what has changed since the last time; unchanged states cost nothing. */
  public synchronized void reportChanges() {
    try {
      applications.statuses().forEach(reporter::report);
    } catch (RuntimeException e) {
      LOG.warn("the statuses cannot be had, trying again", e);
    }
  }

  private synchronized void withdraw(String application, Iterable<String> components) {
    components.forEach(component -> reporter.remove(application, component));
  }
}
