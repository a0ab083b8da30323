package io.millrace.service.status;

import io.millrace.schemas.control.ComponentStatus;
import io.millrace.service.InstanceId;
import io.millrace.service.bus.Outbound;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the control plane how components are doing, on {@code millrace.status}: every 2 s, and at
 * once when a state, an error or a revision changes. Thread-safe.
 *
 * <p>A component's status is pushed with {@link #report} whenever the service has news, and sent on
 * with the latest counters every 2 s. The reporter fills in {@code service}, {@code instance} and
 * {@code reportedAt}. When the service stops, its statuses are withdrawn.
 *
 * <p>What is sent of a component is sent while its entry is held: a repetition that was under way
 * never comes after the withdrawal, where it would stay on the compacted topic.
 */
public final class StatusReporter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
  private static final long PERIOD_MILLIS = 2_000;

  private final InstanceId instance;
  private final Outbound outbound;
  private final Map<String, ComponentStatus> latest = new ConcurrentHashMap<>();
  private ScheduledExecutorService timer;
  private volatile boolean running;

  StatusReporter(InstanceId instance, Outbound outbound) {
    this.instance = instance;
    this.outbound = outbound;
  }

  /** News of a component that this instance runs. */
  public void report(ComponentStatus status) {
    latest.compute(
        key(status.getApplication(), status.getComponent()),
        (key, before) -> {
          if (running && (before == null || differs(before, status))) {
            send(key, status);
          }
          return status;
        });
  }

  /** This instance has given the component up. */
  public void remove(String application, String component) {
    forget(key(application, component));
  }

  private void forget(String key) {
    latest.computeIfPresent(
        key,
        (present, status) -> {
          withdraw(present);
          return null;
        });
  }

  @Override
  public synchronized void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status").factory());
    running = true;
    timer.scheduleWithFixedDelay(
        this::repeatAll, PERIOD_MILLIS / 10, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
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
    latest.keySet().forEach(this::forget);
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

  private void repeatAll() {
    latest.keySet().forEach(this::repeat);
  }

  private void repeat(String key) {
    latest.computeIfPresent(
        key,
        (present, status) -> {
          send(present, status);
          return status;
        });
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
