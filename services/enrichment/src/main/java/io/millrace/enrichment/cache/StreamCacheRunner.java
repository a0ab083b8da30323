package io.millrace.enrichment.cache;

import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopInput;
import io.millrace.loop.LoopStatus;
import io.millrace.loop.TaskLoop;
import io.millrace.schemas.control.ComponentState;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Loads a cache from its stream, sharing the partitions with the other instances. */
final class StreamCacheRunner implements Runner {

  private static final Duration TICK = Duration.ofMillis(250);

  private final CacheDefinition definition;
  private final SharedCache shared;
  private final CacheDirectory directory;
  private final CacheReadiness readiness;
  private final TaskLoop loop;

  private StreamCacheRunner(
      CacheDefinition definition,
      Surroundings surroundings,
      RedisLink redis,
      SharedCache shared,
      CacheDirectory directory) {
    this.definition = definition;
    this.shared = shared;
    this.directory = directory;
    this.readiness = new CacheReadiness(definition.stream(), surroundings.kafka());
    StreamCacheWriter writer = new StreamCacheWriter(redis, new CacheKeys(definition));
    // The position that counts is in Redis; nothing is emitted but dead letters.
    LoopConfig config =
        LoopConfig.of(
                definition.application(),
                surroundings.service(),
                definition.name(),
                surroundings.instance(),
                surroundings.kafka(),
                List.of(
                    new LoopInput(definition.stream().getName(), definition.stream().getTopic())),
                List.of())
            .withDelivery(LoopConfig.Delivery.AT_LEAST_ONCE)
            .withTick(TICK);
    if (definition.onError().equals("stop")) {
      config = config.withOnError(LoopConfig.OnError.STOP);
    }
    this.loop =
        new TaskLoop(
            config,
            context ->
                new StreamCacheProcessor(
                    definition, context, writer, readiness, surroundings.schemas()));
  }

  static Runner start(
      CacheDefinition definition,
      Surroundings surroundings,
      RedisLink redis,
      SharedCache shared,
      CacheDirectory directory) {
    StreamCacheRunner runner =
        new StreamCacheRunner(definition, surroundings, redis, shared, directory);
    runner.loop.start();
    return runner;
  }

  @Override
  public LoopStatus status() {
    LoopStatus status =
        loop.status()
            .withDetails(
                CacheRunner.details(
                    shared,
                    Map.of(
                        "rows",
                        Long.toString(readiness.rows()),
                        "loaded",
                        Boolean.toString(readiness.isOpen()))));
    boolean loading =
        status.state() == ComponentState.RUNNING
            && !status.tasks().isEmpty()
            && !readiness.isOpen();
    return loading ? status.withState(ComponentState.STARTING) : status;
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
    directory.remove(definition.name(), shared);
    shared.close();
  }
}
