package io.millrace.analytics.query;

import io.millrace.analytics.spill.SpillDirectory;
import io.millrace.cep.StatefulQuery;
import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.LoopStatus;
import io.millrace.loop.TaskLoop;
import java.util.Map;
import java.util.TreeMap;

/** Runs one stateful query on this instance. */
public final class StatefulRunner implements Runner {

  private final QuerySetup setup;
  private final TaskLoop loop;

  private StatefulRunner(QuerySetup setup) {
    this.setup = setup;
    this.loop = new TaskLoop(setup.loop(), context -> new StatefulProcessor(setup, context.task()));
  }

  /** Starts a query. */
  public static StatefulRunner start(
      QueryPlan plan,
      StatefulQuery query,
      Surroundings surroundings,
      Settings settings,
      StateBudget budget,
      SpillDirectory spill) {
    StatefulRunner runner =
        new StatefulRunner(QuerySetup.of(plan, query, surroundings, settings, budget, spill::open));
    runner.loop.start();
    return runner;
  }

  @Override
  public LoopStatus status() {
    LoopStatus status = loop.status();
    Map<String, String> details = new TreeMap<>(status.details());
    details.putAll(setup.meter().details());
    return status.withDetails(details);
  }

  @Override
  public void drain() {
    loop.drain();
  }

  @Override
  public void requestStop() {
    loop.requestStop();
  }

  @Override
  public void close() {
    loop.close();
    setup.account().close();
    setup.location().topics().close();
  }
}
