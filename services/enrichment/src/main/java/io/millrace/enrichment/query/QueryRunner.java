package io.millrace.enrichment.query;

import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import io.millrace.loop.LoopStatus;
import io.millrace.loop.TaskLoop;
import io.millrace.rows.CacheReader;
import io.millrace.rows.StatelessQuery;
import java.util.Map;
import java.util.TreeMap;

/** Runs one query on this instance. */
public final class QueryRunner implements Runner {

  private final Misses misses = new Misses();
  private final TaskLoop loop;

  private QueryRunner(QueryDefinition definition, Surroundings surroundings, CacheReader caches) {
    StatelessQuery compiled = definition.compile();
    this.loop =
        new TaskLoop(
            definition.query().loop(surroundings),
            task ->
                new QueryProcessor(
                    definition.query(), compiled, surroundings.schemas(), caches, misses));
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
