package io.millrace.analytics;

import io.millrace.analytics.query.QueryCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.StateBudget;
import io.millrace.analytics.query.StateLimits;
import io.millrace.analytics.query.StatefulDefinition;
import io.millrace.analytics.query.StatefulRunner;
import io.millrace.analytics.spill.SpillDirectory;
import io.millrace.host.Runner;
import io.millrace.host.RunnerFactory;
import io.millrace.host.Surroundings;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;

/** The stateful queries of one application. */
public final class AnalyticsRunners implements RunnerFactory {

  private final Surroundings surroundings;
  private final Settings settings;
  private final QueryCompilation compilation;
  private final StateBudget budget;
  private final SpillDirectory spill;

  /** With a budget of its own, of the usual size. */
  public AnalyticsRunners(
      Surroundings surroundings, Settings settings, QueryCompilation compilation) {
    this(
        surroundings,
        settings,
        compilation,
        new StateBudget(StateLimits.USUAL),
        SpillDirectory.temporary());
  }

  /**
   * @param budget for what its queries remember, and those of other applications
   * @param spill for what of that has no room in memory
   */
  public AnalyticsRunners(
      Surroundings surroundings,
      Settings settings,
      QueryCompilation compilation,
      StateBudget budget,
      SpillDirectory spill) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.compilation = compilation;
    this.budget = budget;
    this.spill = spill;
  }

  @Override
  public Object definition(Plan plan, Component component) {
    if (component.getKind() != ComponentKind.QUERY) {
      throw new IllegalArgumentException(
          "analytics runs queries, and %s is a %s"
              .formatted(component.getName(), component.getKind()));
    }
    return StatefulDefinition.of(plan, component);
  }

  @Override
  public Runner start(Object definition) {
    StatefulDefinition query = (StatefulDefinition) definition;
    return StatefulRunner.start(
        query.query(), compilation.compile(query), surroundings, settings, budget, spill);
  }

  /** What a query remembers is kept with the positions of its group, until both are dropped. */
  @Override
  public void forget(Object definition) {}
}
