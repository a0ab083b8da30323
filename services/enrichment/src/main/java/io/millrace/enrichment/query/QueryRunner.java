package io.millrace.enrichment.query;

import io.millrace.flow.query.CompiledQuery;
import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import io.millrace.host.query.OutputWatermarks;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopStatus;
import io.millrace.loop.TaskLoop;
import io.millrace.rows.CacheReader;
import io.millrace.rows.StatelessQuery;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Runs one query on this instance. */
public final class QueryRunner implements Runner {

  /** How often the clocks of its tasks are looked at. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Misses misses = new Misses();
  private final TaskLoop loop;

  private QueryRunner(QueryDefinition definition, Surroundings surroundings, CacheReader caches) {
    QueryPlan plan = definition.query();
    CompiledQuery compiled = definition.compile();
    StatelessQuery query = StatelessQuery.compile(compiled);
    boolean tellsTime = plan.readers() != OutputWatermarks.Readers.NONE;
    LoopConfig config = plan.loop(surroundings);
    this.loop =
        new TaskLoop(
            tellsTime ? config.withTick(TICK) : config,
            context ->
                new QueryProcessor(
                    plan,
                    query,
                    surroundings.schemas(),
                    caches,
                    misses,
                    tellsTime ? new TaskClock(plan, compiled, context.task()) : null));
  }

  /**
   * Compiles and starts a query.
   *
   * @throws RuntimeException if it cannot be compiled; the message says why
   */
  public static QueryRunner start(
      QueryDefinition definition, Surroundings surroundings, CacheReader caches) {
    QueryRunner runner = new QueryRunner(definition, surroundings, caches);
    runner.loop.start();
    return runner;
  }

  @Override
  public LoopStatus status() {
    LoopStatus status = loop.status();
    Map<String, String> details = new TreeMap<>(status.details());
    details.putAll(misses.details());
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
  }
}
