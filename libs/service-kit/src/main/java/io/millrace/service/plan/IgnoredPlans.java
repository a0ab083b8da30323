package io.millrace.service.plan;

import io.millrace.schemas.control.Plan;

/** For a service that only looks at the plans, by {@link PlanReader#plans()}. */
final class IgnoredPlans implements PlanListener {

  @Override
  public void onPlan(Plan plan) {}

  @Override
  public void onRemoved(String application) {}
}
