package io.millrace.control.lifecycle;

import io.millrace.control.ControlError;
import io.millrace.control.application.ApplicationRecord;
import io.millrace.control.application.ApplicationStore;
import io.millrace.control.application.ReachedState;
import io.millrace.control.audit.AuditLog;
import io.millrace.schemas.control.DesiredState;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes orders. An order changes what the application should be, in one transaction with its audit,
 * its operation and the outbox; the {@link Reconciler} sees it through.
 */
@Service
public class Lifecycle {

  private final ApplicationStore store;
  private final OperationStore operations;
  private final Outbox outbox;
  private final AuditLog audit;

  Lifecycle(ApplicationStore store, OperationStore operations, Outbox outbox, AuditLog audit) {
    this.store = store;
    this.operations = operations;
    this.outbox = outbox;
    this.audit = audit;
  }

  /** Asking for what is so already succeeds and changes nothing. */
  @Transactional
  LifecycleOperation order(String name, Action action) {
    ApplicationRecord application =
        store.lock(name).orElseThrow(() -> ControlError.APPLICATION_NOT_FOUND.with(name));
    DesiredState before = application.desired();
    DesiredState after = after(application, action);
    LifecycleOperation operation = operations.begin(name, action);
    if (after != before) {
      store.desire(name, after, List.of());
      if (after == null) {
        store.reached(name, ReachedState.CREATED);
      } else if (before == null) {
        store.reached(name, ReachedState.DEPLOYED);
      }
      outbox.put(name);
      audit.note("application." + action.name().toLowerCase(Locale.ROOT), name, null);
    }
    return operation;
  }

  private static DesiredState after(ApplicationRecord application, Action action) {
    DesiredState before = application.desired();
    String name = application.name();
    return switch (action) {
      case DEPLOY -> before == null ? DesiredState.DEPLOYED : before;
      case START -> {
        if (before == null) {
          throw ControlError.NOT_DEPLOYED.with(name);
        }
        yield DesiredState.RUNNING;
      }
      case STOP -> {
        if (before == null || before == DesiredState.DEPLOYED) {
          throw ControlError.NOT_RUNNING.with(name, state(before), "stop");
        }
        yield DesiredState.STOPPED;
      }
      case QUIESCE -> {
        if (before == null || before == DesiredState.DEPLOYED) {
          throw ControlError.NOT_RUNNING.with(name, state(before), "quiesce");
        }
        yield before == DesiredState.RUNNING ? DesiredState.QUIESCING : before;
      }
      case UNDEPLOY -> {
        if (before == DesiredState.RUNNING || before == DesiredState.QUIESCING) {
          throw ControlError.STILL_RUNNING.with(name, before);
        }
        yield null;
      }
    };
  }

  private static String state(DesiredState desired) {
    return desired == null ? ReachedState.CREATED.name() : desired.name();
  }
}
