package io.millrace.connect.service;

import io.millrace.connect.ComponentStatuses;
import io.millrace.connect.ConnectWorker;
import io.millrace.connect.ConnectorReconciler;
import io.millrace.connect.PlanConnectors;
import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import io.millrace.service.connectors.ConnectorAnnouncer;
import io.millrace.service.plan.PlanListener;
import io.millrace.service.status.StatusReporter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the worker as long as the service runs: starts it again and again until the broker is there,
 * hands it the plans, reports how its components are. Thread-safe.
 */
final class ConnectService implements SmartLifecycle, PlanListener, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectService.class);
  private static final long STATUS_MILLIS = 500;
  private static final long RETRY_MILLIS = 2_000;

  private final ConnectSettings settings;
  private final HostedConnectors hosted;
  private final ConnectorAnnouncer announcer;
  private final ObjectProvider<StatusReporter> reporter;
  private final Map<String, Plan> plans = new HashMap<>();
  private final Set<List<String>> reported = new HashSet<>();
  private boolean caughtUp;
  private boolean changed;
  private boolean running;
  private boolean ready;
  private Thread thread;

  ConnectService(
      ConnectSettings settings,
      HostedConnectors hosted,
      ConnectorAnnouncer announcer,
      ObjectProvider<StatusReporter> reporter) {
    this.settings = settings;
    this.hosted = hosted;
    this.announcer = announcer;
    this.reporter = reporter;
  }

  @Override
  public synchronized void onPlan(Plan plan) {
    plans.put(plan.getApplication(), plan);
    changed = true;
    notifyAll();
  }

  /** Held until the tombstone comes: what a dropped application keeps is let go of meanwhile. */
  @Override
  public synchronized void onDropped(Plan plan) {
    onPlan(plan);
  }

  @Override
  public synchronized void onRemoved(String application) {
    plans.remove(application);
    changed = true;
    notifyAll();
  }

  @Override
  public synchronized void onCaughtUp() {
    caughtUp = true;
    changed = true;
    notifyAll();
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name("connect-" + settings.instance().service()).start(this::run);
  }

  @Override
  public void stop() {
    synchronized (this) {
      running = false;
      notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public synchronized Health health() {
    return ready
        ? Health.up().build()
        : Health.outOfService()
            .withDetail("reason", "the worker has not joined its group; is Kafka there?")
            .build();
  }

  private void run() {
    ConnectWorker worker = open();
    if (worker == null) {
      return;
    }
    PlanConnectors connectors =
        new PlanConnectors(
            settings.instance().service(),
            hosted.providers(),
            settings.worker().kafkaClient(),
            settings.groups()::takeInCluster);
    try (worker;
        ConnectorReconciler reconciler = new ConnectorReconciler(worker, connectors)) {
      announce();
      ComponentStatuses statuses =
          new ComponentStatuses(
              reconciler, settings.instance().service(), settings.instance().value());
      while (follow(reconciler, worker)) {
        report(statuses);
      }
    }
  }

  /** Hands changed plans on and waits a little; false when the service stops. */
  private boolean follow(ConnectorReconciler reconciler, ConnectWorker worker) {
    List<Plan> now = null;
    synchronized (this) {
      ready = worker.isReady();
      if (running && !(changed && caughtUp)) {
        pause(STATUS_MILLIS);
      }
      if (!running) {
        return false;
      }
      if (changed && caughtUp) {
        changed = false;
        now = List.copyOf(plans.values());
      }
    }
    if (now != null) {
      reconciler.plans(now);
    }
    return true;
  }

  private void report(ComponentStatuses statuses) {
    try {
      Set<List<String>> current = new HashSet<>();
      for (ComponentStatus status : statuses.collect()) {
        current.add(List.of(status.getApplication(), status.getComponent()));
        reporter.getObject().report(status);
      }
      reported.removeAll(current);
      reported.forEach(gone -> reporter.getObject().remove(gone.get(0), gone.get(1)));
      reported.clear();
      reported.addAll(current);
    } catch (RuntimeException e) {
      LOG.warn("the statuses could not be reported, trying again: {}", e.toString(), e);
    }
  }

  private ConnectWorker open() {
    while (true) {
      synchronized (this) {
        if (!running) {
          return null;
        }
      }
      try {
        return ConnectWorker.start(settings.worker());
      } catch (RuntimeException e) {
        LOG.warn(
            "the worker could not start, trying again in {} s: {}",
            RETRY_MILLIS / 1000,
            e.toString());
      }
      synchronized (this) {
        if (running) {
          pause(RETRY_MILLIS);
        }
      }
    }
  }

  private void announce() {
    try {
      announcer.announce(hosted.providers().stream().map(ConnectorProvider::descriptor).toList());
    } catch (RuntimeException e) {
      LOG.warn("the connectors could not be announced: {}", e.toString());
    }
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      running = false;
    }
  }
}
