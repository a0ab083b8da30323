package io.millrace.enrichment.query;

import io.millrace.enrichment.app.Runner;
import io.millrace.enrichment.app.Surroundings;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopInput;
import io.millrace.loop.LoopStatus;
import io.millrace.loop.TaskLoop;
import io.millrace.rows.CacheReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs one query on this instance. */
public final class QueryRunner implements Runner {

  private final Misses misses = new Misses();
  private final TaskLoop loop;

  private QueryRunner(QueryDefinition definition, Surroundings surroundings, CacheReader caches) {
    QueryDefinition.Compiled compiled = definition.compile();
    this.loop =
        new TaskLoop(
            config(definition, surroundings),
            task ->
                new QueryProcessor(definition, compiled, surroundings.schemas(), caches, misses));
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

  private static LoopConfig config(QueryDefinition definition, Surroundings surroundings) {
    List<LoopInput> inputs =
        definition.inputs().stream().map(s -> new LoopInput(s.getName(), s.getTopic())).toList();
    LoopInput output = new LoopInput(definition.output().getName(), definition.output().getTopic());
    LoopConfig config =
        LoopConfig.of(
            definition.application(),
            Surroundings.SERVICE,
            definition.component(),
            surroundings.instance(),
            surroundings.kafka(),
            inputs,
            List.of(output));
    Map<String, String> options = definition.options();
    if ("at-least-once".equals(options.get("delivery"))) {
      config = config.withDelivery(LoopConfig.Delivery.AT_LEAST_ONCE);
    }
    if ("stop".equals(options.get("on_error"))) {
      config = config.withOnError(LoopConfig.OnError.STOP);
    }
    if ("latest".equals(options.get("start_from"))) {
      config = config.withStartFrom(LoopConfig.StartFrom.LATEST);
    }
    return config;
  }
}
