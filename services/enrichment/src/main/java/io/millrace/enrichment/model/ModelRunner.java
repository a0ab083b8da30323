package io.millrace.enrichment.model;

import io.millrace.enrichment.cache.CacheDirectory;
import io.millrace.host.Runner;
import io.millrace.loop.LoopStatus;
import io.millrace.models.ModelException;
import io.millrace.models.ModelHolder;
import io.millrace.rows.CacheLookup;
import io.millrace.schemas.control.ComponentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Keeps a model loaded for the queries of its application, and looks for new versions of it. */
public final class ModelRunner implements Runner, CacheDirectory.Answers {

  private final ModelDefinition definition;
  private final ModelHolder model;
  private final CacheDirectory directory;
  private final ScheduledExecutorService timer;
  private final long startedAt = System.currentTimeMillis();
  private final LongAdder asked = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile String lastFailure;
  private volatile boolean stopped;

  private ModelRunner(ModelDefinition definition, CacheDirectory directory) {
    this.definition = definition;
    this.directory = directory;
    this.model = definition.load();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("model-" + definition.name()).factory());
  }

  /**
   * Loads a model and puts it into the directory until it is closed.
   *
   * @throws RuntimeException if it cannot be loaded; the message says why
   */
  public static ModelRunner start(ModelDefinition definition, CacheDirectory directory) {
    ModelRunner runner = new ModelRunner(definition, directory);
    long pause = definition.refresh().toMillis();
    runner.timer.scheduleWithFixedDelay(runner.model::refresh, pause, pause, TimeUnit.MILLISECONDS);
    directory.put(definition.name(), runner);
    return runner;
  }

  @Override
  public void answer(CacheLookup lookup) {
    List<Object[]> rows = new ArrayList<>(lookup.size());
    for (int i = 0; i < lookup.size(); i++) {
      rows.add(lookup.key(i));
    }
    asked.add(rows.size());
    try {
      List<Object> predictions = model.score(rows);
      for (int i = 0; i < rows.size(); i++) {
        lookup.answer(i, row(rows.get(i), predictions.get(i)));
      }
    } catch (ModelException e) {
      oneByOne(lookup, rows);
    }
  }

  /** One row that a model cannot score must not take the others of its batch along. */
  private void oneByOne(CacheLookup lookup, List<Object[]> rows) {
    for (int i = 0; i < rows.size(); i++) {
      try {
        lookup.answer(i, row(rows.get(i), model.score(List.<Object[]>of(rows.get(i))).getFirst()));
      } catch (ModelException e) {
        failed.increment();
        lastFailure = e.getMessage();
      }
    }
  }

  private static Object[] row(Object[] features, Object prediction) {
    Object[] row = Arrays.copyOf(features, features.length + 1);
    row[features.length] = prediction;
    return row;
  }

  @Override
  public LoopStatus status() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("model", model.signature().describe());
    details.put("versions", Integer.toString(model.versions()));
    details.put("predictions", Long.toString(asked.sum()));
    if (failed.sum() > 0) {
      details.put("failed predictions", Long.toString(failed.sum()));
      details.put("last failure", lastFailure);
    }
    String problem = model.problem();
    return new LoopStatus(
        stopped ? ComponentState.STOPPED : ComponentState.RUNNING,
        problem == null ? null : "MODEL_VERSION_REFUSED",
        problem,
        problem == null ? null : Long.valueOf(System.currentTimeMillis()),
        startedAt,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        List.of(),
        List.of(),
        details);
  }

  @Override
  public void drain() {
    requestStop();
  }

  @Override
  public void requestStop() {
    stopped = true;
  }

  @Override
  public void close() {
    stopped = true;
    timer.shutdownNow();
    directory.remove(definition.name(), this);
    model.close();
  }
}
