package io.millrace.service.status;

import io.millrace.schemas.control.ComponentStatus;
import io.millrace.service.InstanceId;
import io.millrace.service.bus.Outbound;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the control plane how components are doing, on {@code millrace.status}: every 2 s, and at
 * once when a state, an error or a revision changes. Thread-safe.
 *
 * <p>A component's status is either pushed with {@link #report} whenever the service has news (and
 * sent on with the latest counters every 2 s), or taken from {@link StatusSource} beans every 2 s.
 * The reporter fills in {@code service}, {@code instance} and {@code reportedAt}.
 *
 * <p>When the service stops, its statuses are withdrawn.
 */
public final class StatusReporter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
  private static final long PERIOD_MILLIS = 2_000;

  private final InstanceId instance;
  private final Outbound outbound;
  private final Supplier<List<StatusSource>> sources;
  private final Map<String, ComponentStatus> latest = new ConcurrentHashMap<>();
  private ScheduledExecutorService timer;
  private volatile boolean running;

  StatusReporter(InstanceId instance, Outbound outbound, Supplier<List<StatusSource>> sources) {
    this.instance = instance;
    this.outbound = outbound;
    this.sources = sources;
  }

  /** News of a component that this instance runs. */
  public void report(ComponentStatus status) {
    String key = key(status.getApplication(), status.getComponent());
    ComponentStatus before = latest.put(key, status);
    if (running && (before == null || differs(before, status))) {
      send(key, status);
    }
  }

  /** This instance has given the component up. */
  public void remove(String application, String component) {
    String key = key(application, component);
    if (latest.remove(key) != null && running) {
      withdraw(key);
    }
  }

  @Override
  public synchronized void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status").factory());
    running = true;
    timer.scheduleWithFixedDelay(
        this::tick, PERIOD_MILLIS / 10, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    running = false;
    timer.shutdownNow();
    try {
      timer.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    latest.keySet().forEach(this::withdraw);
    latest.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the service's own beans have stopped, before the bindings do. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void tick() {
    for (StatusSource source : sources.get()) {
      try {
        source.statuses().forEach(this::report);
      } catch (RuntimeException e) {
        LOG.warn("the statuses of {} cannot be had", source, e);
      }
    }
    latest.forEach(this::send);
  }

  private void send(String key, ComponentStatus status) {
    try {
      outbound.send(
          key,
          ComponentStatus.newBuilder(status)
              .setService(instance.service())
              .setInstance(instance.value())
              .setReportedAt(System.currentTimeMillis())
              .build());
    } catch (RuntimeException e) {
      LOG.warn("the status of {} could not be sent: {}", key, e.toString());
    }
  }

  private void withdraw(String key) {
    try {
      outbound.remove(key);
    } catch (RuntimeException e) {
      LOG.warn("the status of {} could not be withdrawn: {}", key, e.toString());
    }
  }

  private String key(String application, String component) {
    return application + "/" + component + "/" + instance.value();
  }

  private static boolean differs(ComponentStatus a, ComponentStatus b) {
    return a.getState() != b.getState()
        || a.getRevision() != b.getRevision()
        || !Objects.equals(a.getErrorCode(), b.getErrorCode())
        || !Objects.equals(a.getError(), b.getError());
  }
}
