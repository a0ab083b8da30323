package io.millrace.loop;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one component on this instance: a thread that reads its inputs, processes and commits until
 * it is stopped. Whatever fails, it starts again from what is committed, with growing pauses.
 * Thread-safe; a loop is started once.
 */
public final class TaskLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);
  private static final long SHORTEST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final LoopConfig config;
  private final TaskProcessorFactory factory;
  private final LoopMetrics metrics = new LoopMetrics();
  private final Control control = new Control();
  private final Thread thread;
  private final Object lock = new Object();
  private volatile boolean stop;
  private volatile boolean drain;
  private ComponentState state = ComponentState.STARTING;
  private String errorCode;
  private String error;
  private Long errorAt;
  private Set<Integer> tasks = Set.of();
  private long pauseMillis = SHORTEST_PAUSE_MILLIS;

  public TaskLoop(LoopConfig config, TaskProcessorFactory factory) {
    this.config = config;
    this.factory = factory;
    this.thread =
        new Thread(this::run, "millrace-loop-" + config.application() + "." + config.component());
    thread.setDaemon(true);
  }

  /** Starts it; returns at once. */
  public void start() {
    thread.start();
  }

  /** Has it commit what it has processed, leave the group, and end; returns at once. */
  public void requestStop() {
    stop = true;
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  /**
   * Has it process everything that is in its inputs, then stop; returns at once. Whoever writes the
   * inputs has to have stopped before. The status becomes STOPPED when it is done.
   */
  public void drain() {
    drain = true;
  }

  /** Waits until it has ended; false if it has not within the time. */
  public boolean await(Duration time) {
    try {
      return thread.join(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops it and waits until it has ended, up to 30 s. */
  @Override
  public void close() {
    requestStop();
    if (thread.isAlive() && !await(Duration.ofSeconds(30))) {
      LOG.warn("{} has not ended within 30 s", config.group());
    }
  }

  public LoopConfig config() {
    return config;
  }

  /** How it is doing now. */
  public LoopStatus status() {
    double[] latency = metrics.latency.percentiles(System.nanoTime(), 0.5, 0.99);
    List<LoopStatus.Edge> edges = new ArrayList<>();
    for (LoopInput in : config.inputs()) {
      edges.add(
          new LoopStatus.Edge(in.stream(), true, metrics.in(in.topic()), metrics.lag(in.topic())));
    }
    for (LoopInput out : config.outputs()) {
      edges.add(new LoopStatus.Edge(out.stream(), false, metrics.out(out.topic()), 0));
    }
    synchronized (lock) {
      return new LoopStatus(
          drain && state == ComponentState.RUNNING ? ComponentState.DRAINING : state,
          errorCode,
          error,
          errorAt,
          metrics.startedAt,
          metrics.eventsIn.sum(),
          metrics.eventsOut.sum(),
          metrics.deadLetters.sum(),
          metrics.lag(),
          latency == null ? null : latency[0],
          latency == null ? null : latency[1],
          metrics.lastEventTime(),
          List.copyOf(edges),
          tasks.stream().sorted().toList(),
          Map.copyOf(metrics.details()));
    }
  }

  private void run() {
    while (!stop) {
      try {
        LoopTopics.ensure(
            config.client(),
            Topics.deadLetters(config.application()),
            Topics.replays(config.application()));
        runSession();
        break;
      } catch (StopLoopException e) {
        LOG.error("{} stopped: {}", config.group(), e.getMessage());
        become(ComponentState.FAILED, e.code(), e.getMessage());
        return;
      } catch (RuntimeException e) {
        failed(e);
      } catch (Error e) {
        LOG.error("{} ended", config.group(), e);
        become(ComponentState.FAILED, "INTERNAL_ERROR", e.toString());
        return;
      }
    }
    become(ComponentState.STOPPED, null, null);
  }

  private void runSession() {
    try (Session session = new Session(config, factory, control, metrics)) {
      session.run();
    } finally {
      synchronized (lock) {
        tasks = Set.of();
      }
    }
  }

  private void failed(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause.getMessage() == null || cause.getMessage().contains("rebalance callback"))) {
      cause = cause.getCause();
    }
    if (cause instanceof StopLoopException s) {
      throw s;
    }
    boolean away = cause instanceof RetriableException;
    LOG.warn(
        "{} starts again from what is committed: {}",
        config.group(),
        cause.toString(),
        away ? null : e);
    become(
        ComponentState.RESTARTING,
        away ? "BROKER_AWAY" : "LOOP_FAILED",
        (away ? "Kafka does not answer: " : "") + cause.getMessage());
    synchronized (lock) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
      pauseMillis =
          Math.min(
              LONGEST_PAUSE_MILLIS,
              pauseMillis * 2 + ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS));
      long left;
      while (!stop && (left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) > 0) {
        try {
          lock.wait(left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void become(ComponentState now, String code, String message) {
    synchronized (lock) {
      state = now;
      errorCode = code;
      error = message;
      errorAt = message == null ? null : Long.valueOf(System.currentTimeMillis());
    }
  }

  private final class Control implements LoopControl {

    private boolean waiting;

    @Override
    public boolean stopRequested() {
      return stop;
    }

    @Override
    public boolean drainRequested() {
      return drain;
    }

    @Override
    public void assigned(Set<Integer> now) {
      synchronized (lock) {
        tasks = Set.copyOf(now);
        if (!waiting && state != ComponentState.RUNNING) {
          become(ComponentState.RUNNING, null, null);
        }
      }
    }

    @Override
    public void progressed() {
      synchronized (lock) {
        pauseMillis = SHORTEST_PAUSE_MILLIS;
      }
    }

    @Override
    public void waiting(TryAgainException reason) {
      waiting = true;
      become(
          reason.starting() ? ComponentState.STARTING : ComponentState.RESTARTING,
          reason.code(),
          reason.getMessage());
    }

    @Override
    public void notWaiting() {
      waiting = false;
    }
  }
}
