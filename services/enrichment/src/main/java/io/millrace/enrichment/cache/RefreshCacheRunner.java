package io.millrace.enrichment.cache;

import io.lettuce.core.RedisException;
import io.millrace.host.Runner;
import io.millrace.host.Surroundings;
import io.millrace.loop.LoopStatus;
import io.millrace.schemas.control.ComponentState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a cache as a whole, now and then. Of all instances the one that holds the lease loads; the
 * others take over when it goes. While a load fails, what was loaded before is still read.
 */
final class RefreshCacheRunner implements Runner {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshCacheRunner.class);
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final CacheDefinition definition;
  private final Surroundings surroundings;
  private final SharedCache shared;
  private final CacheDirectory directory;
  private final RefreshCacheWriter writer;
  private final CacheSource source;
  private final CacheCodec codec;
  private final long startedAt = System.currentTimeMillis();
  private final Object lock = new Object();
  private final Thread thread;
  private boolean stop;
  private ComponentState state = ComponentState.STARTING;
  private String errorCode;
  private String error;
  private Long errorAt;
  private long loads;
  private long rejected;
  private boolean loading;
  private RefreshCacheWriter.Info info;

  private RefreshCacheRunner(
      CacheDefinition definition,
      Surroundings surroundings,
      RedisLink redis,
      SharedCache shared,
      CacheDirectory directory) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.shared = shared;
    this.directory = directory;
    this.writer = new RefreshCacheWriter(redis, new CacheKeys(definition));
    this.source = source(definition, surroundings);
    this.codec = new CacheCodec(definition);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("millrace-cache-" + definition.application() + "." + definition.name())
            .unstarted(this::run);
  }

  static Runner start(
      CacheDefinition definition,
      Surroundings surroundings,
      RedisLink redis,
      SharedCache shared,
      CacheDirectory directory) {
    RefreshCacheRunner runner =
        new RefreshCacheRunner(definition, surroundings, redis, shared, directory);
    runner.thread.start();
    return runner;
  }

  @Override
  public LoopStatus status() {
    synchronized (lock) {
      Map<String, String> details = new TreeMap<>();
      details.put("rows", Long.toString(info == null ? 0 : info.rows()));
      details.put("loaded", Boolean.toString(info != null));
      details.put("loadsHere", Boolean.toString(loading));
      if (info != null) {
        details.put("loadedAt", Instant.ofEpochMilli(info.loadedAt()).toString());
      }
      return new LoopStatus(
          state,
          errorCode,
          error,
          errorAt,
          startedAt,
          loads,
          loads,
          rejected,
          0,
          null,
          null,
          null,
          List.of(),
          List.of(),
          CacheRunner.details(shared, details));
    }
  }

  @Override
  public void drain() {
    requestStop();
  }

  @Override
  public void requestStop() {
    synchronized (lock) {
      stop = true;
      lock.notifyAll();
    }
  }

  @Override
  public void close() {
    requestStop();
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.remove(definition.name(), shared);
    shared.close();
  }

  private static CacheSource source(CacheDefinition definition, Surroundings surroundings) {
    return switch (String.valueOf(definition.connector())) {
      case "jdbc" ->
          new JdbcCacheSource(definition, surroundings.secrets().apply(definition.options()));
      case "file" -> new FileCacheSource(definition);
      default ->
          throw new IllegalArgumentException(
              "cache %s has the connector '%s', and caches take jdbc and file, or a stream"
                  .formatted(definition.name(), definition.connector()));
    };
  }

  private void run() {
    Duration pause = TURN;
    while (!stopped(pause)) {
      try {
        turn();
        pause = TURN;
      } catch (RedisException e) {
        failed("REDIS_AWAY", "Redis does not answer: " + e.getMessage(), e);
        pause = TURN;
      } catch (Exception e) {
        failed(
            "CACHE_LOAD_FAILED",
            "cache %s could not be loaded: %s".formatted(definition.name(), e.getMessage()),
            e);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
    try {
      writer.release();
    } catch (RedisException e) {
      LOG.debug("the lease of {} ends by itself", definition.name(), e);
    }
    synchronized (lock) {
      state = ComponentState.STOPPED;
    }
  }

  /** The first turn comes at once. */
  private boolean stopped(Duration pause) {
    synchronized (lock) {
      if (!stop && (loads > 0 || info != null || error != null)) {
        try {
          lock.wait(pause.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return true;
        }
      }
      return stop;
    }
  }

  private void turn() throws Exception {
    RefreshCacheWriter.Info current = writer.current();
    boolean mine = writer.lease();
    synchronized (lock) {
      info = current;
      loading = mine;
    }
    if (mine) {
      String version = source.version();
      if (due(current, version)) {
        load(version);
      }
      // A load that failed is not over because a turn without one went well.
      healthy();
    } else if (current != null) {
      healthy();
    }
  }

  private boolean due(RefreshCacheWriter.Info current, String version) {
    if (current == null) {
      return true;
    }
    if (!Objects.equals(version, current.version())) {
      return true;
    }
    return source.refresh() != null
        && System.currentTimeMillis() - current.loadedAt() >= source.refresh().toMillis();
  }

  private void load(String version) throws Exception {
    long loadedAt = System.currentTimeMillis();
    RejectedRows bad = new RejectedRows(definition, surroundings.kafka());
    RefreshCacheWriter.Generation generation = writer.begin();
    try {
      source.load(
          new CacheSource.Rows() {
            @Override
            public void row(Object[] row) {
              put(generation, row, bad);
            }

            @Override
            public void rejected(String location, String reason, String original) {
              bad.add(location, reason, original);
            }
          });
      stopAtErrors(bad);
      bad.send();
      generation.publish(loadedAt, version);
    } catch (Exception e) {
      generation.discard();
      throw e;
    }
    synchronized (lock) {
      loads++;
      rejected += bad.count();
      info = null;
    }
    RefreshCacheWriter.Info loaded = writer.current();
    synchronized (lock) {
      info = loaded;
    }
    LOG.info(
        "cache {}.{}: {} rows, {} rejected",
        definition.application(),
        definition.name(),
        loaded == null ? 0 : loaded.rows(),
        bad.count());
  }

  private void put(RefreshCacheWriter.Generation generation, Object[] row, RejectedRows bad) {
    Object[] key = codec.keyOf(row);
    if (key == null) {
      bad.add(
          "row " + java.util.Arrays.toString(row),
          "a row needs a value in each of " + definition.key(),
          java.util.Arrays.toString(row));
      return;
    }
    generation.put(codec.encodeKey(key), codec.encodeRow(0, 0, row));
  }

  private void stopAtErrors(RejectedRows bad) {
    if (bad.count() > 0 && definition.onError().equals("stop")) {
      throw new IllegalStateException(
          bad.count() + " rows cannot be read, and the application has on_error = 'stop'");
    }
  }

  private void healthy() {
    synchronized (lock) {
      state = ComponentState.RUNNING;
      errorCode = null;
      error = null;
      errorAt = null;
    }
  }

  private void failed(String code, String message, Exception e) {
    LOG.warn("{}", message, e instanceof RedisException ? null : e);
    synchronized (lock) {
      state = ComponentState.RESTARTING;
      errorCode = code;
      error = message;
      errorAt = System.currentTimeMillis();
    }
  }
}
