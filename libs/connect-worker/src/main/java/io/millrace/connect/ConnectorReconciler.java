package io.millrace.connect;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.report.ComponentCounters;
import io.millrace.schemas.control.Plan;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.TargetState;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.distributed.NotLeaderException;
import org.apache.kafka.connect.runtime.distributed.RequestTargetException;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorType;
import org.apache.kafka.connect.util.Callback;
import org.apache.kafka.connect.util.ConnectorTaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connectors of a worker's group what the plans want, again and again: creates, changes,
 * stops, resumes and deletes them, and restarts what failed with back-off. It runs beside every
 * worker of the group; the worker that leads the group carries changes out, the others find that
 * they do not lead and leave it. Everything it needs to know lies in the plans and in Connect's own
 * topics, so restarts in any order lose nothing. Thread-safe.
 */
public final class ConnectorReconciler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorReconciler.class);
  private static final String STOPPED_ON_ERROR = StoppedOnErrorException.class.getName();
  private static final long PAUSE_MILLIS = 500;
  private static final long PATIENCE_MILLIS = 30_000;

  private final ConnectWorker worker;
  private final PlanConnectors connectors;
  private final Releases releases;
  private final BackOff backOff = new BackOff();
  private final Map<String, String> rejections = new HashMap<>();
  private final Object lock = new Object();
  private final Thread thread;
  private Map<String, Wanted> wanted;
  private Set<String> planned = Set.of();
  private boolean changed;
  private boolean closed;

  /** Starts reconciling; nothing happens before the first {@link #plans}. */
  public ConnectorReconciler(ConnectWorker worker, PlanConnectors connectors) {
    this.worker = worker;
    this.connectors = connectors;
    this.releases = new Releases(worker::withSecrets);
    this.thread =
        Thread.ofPlatform()
            .name("reconcile-" + worker.settings().service())
            .daemon()
            .start(this::run);
  }

  /**
   * All plans there are, those of dropped applications too. A connector whose application has no
   * plan is deleted, and its positions are kept; a source that its application's plan no longer has
   * is deleted with its positions and with what it keeps elsewhere, like all of a dropped one. Call
   * it first when the topic of plans has been read to its end, then on each change.
   */
  public void plans(Collection<Plan> plans) {
    Map<String, Wanted> now = connectors.wanted(plans);
    Set<String> applications =
        plans.stream().map(Plan::getApplication).collect(Collectors.toUnmodifiableSet());
    synchronized (lock) {
      wanted = now;
      planned = applications;
      changed = true;
      lock.notifyAll();
    }
  }

  /** Stops reconciling; the connectors stay as they are. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ConnectWorker worker() {
    return worker;
  }

  /** What the plans want, by connector name; empty before the first plans. */
  Map<String, Wanted> wanted() {
    synchronized (lock) {
      return wanted == null ? Map.of() : wanted;
    }
  }

  /** Whether nothing of a dropped component is left, as far as that is in anybody's power. */
  boolean isReleased(String connector) {
    return releases.isDone(connector);
  }

  /** Why a connector's configuration was refused, or null. */
  String rejection(String connector) {
    synchronized (lock) {
      return rejections.get(connector);
    }
  }

  private void run() {
    while (true) {
      Map<String, Wanted> now;
      Set<String> applications;
      synchronized (lock) {
        try {
          if (!changed && !closed) {
            lock.wait(PAUSE_MILLIS);
          }
        } catch (InterruptedException e) {
          return;
        }
        if (closed) {
          return;
        }
        changed = false;
        now = wanted;
        applications = planned;
      }
      if (now != null && worker.isReady()) {
        try {
          reconcile(now, applications);
        } catch (NotLeading e) {
          LOG.trace("another worker leads the group");
        } catch (RuntimeException e) {
          LOG.warn("could not reconcile the connectors, trying again: {}", e.toString(), e);
        }
      }
    }
  }

  private void reconcile(Map<String, Wanted> now, Set<String> applications) {
    DistributedHerder herder = worker.herder();
    Set<String> existing = new HashSet<>(herder.connectors());
    now.values().forEach(one -> restartFailed(herder, one.name()));
    for (Wanted one : now.values()) {
      if (one.isDropped()) {
        drop(herder, one, existing.contains(one.name()));
      } else {
        releases.forget(one.name());
        if (one.connector() != null) {
          converge(herder, one.connector());
        }
      }
    }
    existing.removeAll(now.keySet());
    for (String surplus : existing) {
      if (applications.contains(application(surplus))
          && !isReadyToGo(herder, surplus, herder.connectorInfo(surplus))) {
        continue;
      }
      delete(herder, surplus);
      releases.forget(surplus);
    }
  }

  private static String application(String connector) {
    return connector.substring(0, Math.max(0, connector.lastIndexOf('.')));
  }

  private static void delete(DistributedHerder herder, String name) {
    LOG.info("deleting the connector {}, which no plan wants", name);
    await(callback -> herder.deleteConnectorConfig(name, adapt(callback)));
    ComponentCounters.forget(name);
  }

  /** Once the connector is gone, the worker that leads sees to what else there is. */
  private void drop(DistributedHerder herder, Wanted one, boolean exists) {
    if (exists) {
      delete(herder, one.name());
    } else if (one.connector() == null) {
      releases.giveUp(one.name());
    } else if (worker.metrics().leads(worker.workerId())) {
      releases.release(one.name(), one.provider(), one.connector().config());
    }
  }

  /**
   * Sees to it that a source that was taken out of its application can be deleted without a trace:
   * were its positions kept, one of the same name would go on from where nothing is kept any more.
   */
  private boolean isReadyToGo(DistributedHerder herder, String name, ConnectorInfo info) {
    if (info == null || info.type() != ConnectorType.SOURCE) {
      return true;
    }
    ConnectorProvider provider = connectors.provider(info.config());
    if (provider == null) {
      return true;
    }
    if (!state(herder, name).equals("STOPPED")) {
      await(callback -> herder.stopConnector(name, adapt(callback)));
      return false;
    }
    ConnectorStateInfo status = status(herder, name);
    if (status != null && !status.tasks().isEmpty()) {
      return false;
    }
    // First, for a source without a position starts afresh whatever else is left.
    await(callback -> herder.resetConnectorOffsets(name, adapt(callback)));
    return releases.release(name, provider, info.config());
  }

  private void converge(DistributedHerder herder, DesiredConnector desired) {
    String name = desired.name();
    ConnectorInfo info = herder.connectorInfo(name);
    if (info == null || !info.config().equals(desired.config())) {
      put(herder, desired, info == null);
      return;
    }
    refused(name, null);
    String state = state(herder, name);
    if (desired.running() && (state.equals("STOPPED") || state.equals("PAUSED"))) {
      LOG.info("resuming the connector {}", name);
      herder.resumeConnector(name);
    } else if (!desired.running() && !state.equals("STOPPED")) {
      LOG.info("stopping the connector {}", name);
      await(callback -> herder.stopConnector(name, adapt(callback)));
    }
  }

  private void put(DistributedHerder herder, DesiredConnector desired, boolean isNew) {
    String name = desired.name();
    if (rejection(name) != null && !backOff.isDue(name, System.currentTimeMillis())) {
      return;
    }
    TargetState target = desired.running() ? TargetState.STARTED : TargetState.STOPPED;
    try {
      await(callback ->
          herder.putConnectorConfig(name, desired.config(), target, true, adapt(callback)));
      LOG.info("{} the connector {}", isNew ? "created" : "changed", name);
      refused(name, null);
      backOff.forget(name);
    } catch (NotLeading e) {
      throw e;
    } catch (RuntimeException e) {
      String reason = RootCause.sentence(e);
      LOG.warn("the connector {} was refused: {}", name, reason);
      refused(name, reason);
      backOff.isDue(name, System.currentTimeMillis());
    }
  }

  private void restartFailed(DistributedHerder herder, String name) {
    ConnectorStateInfo status = status(herder, name);
    if (status == null) {
      return;
    }
    long now = System.currentTimeMillis();
    if (isMineAndFailed(status.connector()) && backOff.isDue(name + "#", now)) {
      LOG.info("restarting the connector {}, which failed", name);
      herder.restartConnector(name, logFailure(name));
    }
    for (ConnectorStateInfo.TaskState task : status.tasks()) {
      String what = name + "#" + task.id();
      if (isMineAndFailed(task) && backOff.isDue(what, now)) {
        LOG.info("restarting task {} of the connector {}, which failed", task.id(), name);
        herder.restartTask(new ConnectorTaskId(name, task.id()), logFailure(name));
      }
    }
  }

  private boolean isMineAndFailed(ConnectorStateInfo.AbstractState state) {
    return state.state().equals("FAILED")
        && worker.workerId().equals(state.workerId())
        && !isStoppedOnError(state);
  }

  /** Whether it failed as its application wants it to: then nobody but a person starts it again. */
  static boolean isStoppedOnError(ConnectorStateInfo.AbstractState state) {
    return state.trace() != null && state.trace().contains(STOPPED_ON_ERROR);
  }

  private void refused(String name, String reason) {
    synchronized (lock) {
      if (reason == null) {
        rejections.remove(name);
      } else {
        rejections.put(name, reason);
      }
    }
  }

  static ConnectorStateInfo status(DistributedHerder herder, String name) {
    try {
      return herder.connectorStatus(name);
    } catch (NotFoundException e) {
      return null;
    }
  }

  private static String state(DistributedHerder herder, String name) {
    ConnectorStateInfo status = status(herder, name);
    return status == null ? "UNASSIGNED" : status.connector().state();
  }

  private static Callback<Void> logFailure(String name) {
    return (error, nothing) -> {
      if (error != null && !(error instanceof RequestTargetException)) {
        LOG.warn("could not restart {}: {}", name, error.toString());
      }
    };
  }

  private static <T> Callback<T> adapt(CompletableFuture<Object> future) {
    return (error, value) -> {
      if (error != null) {
        future.completeExceptionally(error);
      } else {
        future.complete(value);
      }
    };
  }

  private static void await(Consumer<CompletableFuture<Object>> request) {
    CompletableFuture<Object> future = new CompletableFuture<>();
    request.accept(future);
    try {
      future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotLeaderException) {
        throw new NotLeading();
      }
      throw new IllegalStateException(RootCause.sentence(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the worker did not answer within %d s".formatted(PATIENCE_MILLIS / 1000), e);
    }
  }

  private static final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLeading() {
      super(null, null, false, false);
    }
  }
}
