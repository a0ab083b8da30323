package io.millrace.control.lifecycle;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.control.application.ApplicationStore;
import io.millrace.control.application.ReachedState;
import io.millrace.control.status.ApplicationState;
import io.millrace.control.status.StatusBoard;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares what applications should be with what their components report, and sees orders through:
 * notes the states that are reached, drains a quiescing application stage by stage, finishes
 * operations. Keeps nothing in memory that a restart could lose.
 */
@Component
class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** By then a service has said what it makes of a plan; before, a failure may be an old one. */
  private static final Duration NEWS = Duration.ofSeconds(4);

  private final ApplicationStore store;
  private final OperationStore operations;
  private final StatusBoard board;
  private final Outbox outbox;
  private final PlanPublisher publisher;
  private final TopicCleanup cleanup;
  private final TransactionTemplate transaction;
  private final DrainWatch drains;

  Reconciler(
      ApplicationStore store,
      OperationStore operations,
      StatusBoard board,
      Outbox outbox,
      PlanPublisher publisher,
      TopicCleanup cleanup,
      TransactionTemplate transaction) {
    this.store = store;
    this.operations = operations;
    this.board = board;
    this.outbox = outbox;
    this.publisher = publisher;
    this.cleanup = cleanup;
    this.transaction = transaction;
    this.drains = new DrainWatch(board);
  }

  @Scheduled(fixedDelay = 300)
  void run() {
    if (!board.isCaughtUp()) {
      return;
    }
    try {
      for (ApplicationRecord application : store.deployed()) {
        reconcile(application);
      }
      for (LifecycleOperation operation : operations.running()) {
        follow(operation);
      }
      cleanup.run();
    } catch (RuntimeException e) {
      LOG.warn("applications could not be looked after; again in a moment: {}", e.toString());
    }
  }

  @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
  void prune() {
    operations.prune();
  }

  private void reconcile(ApplicationRecord application) {
    if (outbox.isWaiting(application.name())) {
      return;
    }
    Plan plan = store.outline(application);
    ApplicationState state = board.state(application, plan);
    switch (application.desired()) {
      case RUNNING -> {
        if (state.allRunning()) {
          store.reached(application.name(), ReachedState.RUNNING);
        }
      }
      case STOPPED -> {
        if (state.noneRuns()) {
          store.reached(application.name(), ReachedState.STOPPED);
        }
      }
      case QUIESCING -> drain(application, plan);
      case DEPLOYED -> store.reached(application.name(), ReachedState.DEPLOYED);
    }
  }

  private void drain(ApplicationRecord application, Plan plan) {
    Set<String> drained = drains.next(plan, Set.copyOf(application.drained()));
    boolean done = drains.allStopped(plan, drained);
    if (!done && drained.size() == application.drained().size()) {
      return;
    }
    transaction.executeWithoutResult(status -> {
      Optional<ApplicationRecord> now = store.lock(application.name());
      if (now.isEmpty()
          || now.get().desired() != DesiredState.QUIESCING
          || now.get().revision() != application.revision()) {
        return;
      }
      if (done) {
        store.desire(application.name(), DesiredState.STOPPED, List.of());
      } else {
        store.desire(application.name(), DesiredState.QUIESCING, new ArrayList<>(drained));
      }
      outbox.put(application.name());
    });
  }

  private void follow(LifecycleOperation operation) {
    String name = operation.application();
    Optional<ApplicationRecord> found = store.find(name);
    if (found.isEmpty()) {
      operations.finish(operation.id(), false, "the application was dropped");
      return;
    }
    if (outbox.isWaiting(name)) {
      publisher.trouble(name).ifPresent(why -> operations.progress(operation.id(), why));
      return;
    }
    ApplicationRecord application = found.get();
    if (operation.action().equals("undeploy")) {
      if (!board.anyLive(name)) {
        operations.finish(operation.id(), true, null);
      }
      return;
    }
    ApplicationState state = board.state(application, store.outline(application));
    if (state.name().equals("FAILED") && publisher.sinceSent(name).compareTo(NEWS) > 0) {
      operations.finish(operation.id(), false, state.reason());
    } else if (isReached(operation, application)) {
      operations.finish(operation.id(), true, null);
    } else {
      operations.progress(operation.id(), state.reason());
    }
  }

  private static boolean isReached(LifecycleOperation operation, ApplicationRecord application) {
    return switch (operation.action()) {
      case "deploy" -> application.isDeployed();
      case "start" ->
          application.desired() == DesiredState.RUNNING
              && application.reached() == ReachedState.RUNNING;
      case "stop", "quiesce" ->
          application.desired() == DesiredState.STOPPED
              && application.reached() == ReachedState.STOPPED;
      default -> true;
    };
  }
}
