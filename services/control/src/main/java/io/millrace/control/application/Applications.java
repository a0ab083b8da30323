package io.millrace.control.application;

import io.millrace.control.ControlError;
import io.millrace.control.audit.AuditLog;
import io.millrace.control.compile.ScriptCompiler;
import io.millrace.control.lifecycle.Outbox;
import io.millrace.control.lifecycle.TopicCleanup;
import io.millrace.flow.Compilation;
import io.millrace.flow.plan.PlanDiff;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates, changes and drops applications. */
@Service
public class Applications {

  private final ApplicationStore store;
  private final ScriptCompiler compiler;
  private final Outbox outbox;
  private final TopicCleanup cleanup;
  private final AuditLog audit;
  private final TransactionTemplate transaction;

  Applications(
      ApplicationStore store,
      ScriptCompiler compiler,
      Outbox outbox,
      TopicCleanup cleanup,
      AuditLog audit,
      TransactionTemplate transaction) {
    this.store = store;
    this.compiler = compiler;
    this.outbox = outbox;
    this.cleanup = cleanup;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * What applying a script has done.
   *
   * @param diff against the revision before; null for a new application
   */
  public record Applied(
      ApplicationRecord application, Revision revision, Compilation compilation, PlanDiff diff) {}

  /** The name of an application in full: the namespace {@code default} may be left out. */
  public static String fullName(String written) {
    return written == null || written.contains(".")
        ? written
        : ScriptCompiler.DEFAULT_NAMESPACE + "." + written;
  }

  /**
   * @param name in full
   */
  public ApplicationRecord get(String name) {
    return store.find(name).orElseThrow(() -> ControlError.APPLICATION_NOT_FOUND.with(name));
  }

  public Applied create(String script) {
    Compilation compilation = compiler.compileValid(script);
    String name = compilation.application().orElseThrow();
    return transaction.execute(status -> {
      if (!store.insert(name)) {
        throw ControlError.APPLICATION_EXISTS.with(name);
      }
      Plan plan = plan(compilation, 1);
      store.insertRevision(name, 1, script, plan, compilation.graph().orElseThrow());
      audit.note("application.create", name, "revision 1");
      return applied(name, compilation, null);
    });
  }

  /**
   * Makes a script the application's new revision; a deployed one takes it over at once, and only
   * what changed restarts. A script that is the same as before makes no revision.
   *
   * @param expectedRevision the revision that the caller has seen, or null for whichever
   */
  public Applied change(String name, String script, Long expectedRevision) {
    get(name);
    Compilation compilation = compiler.compileValid(script);
    sameName(name, compilation);
    return transaction.execute(status -> {
      ApplicationRecord application = locked(name, expectedRevision);
      Revision before = store.current(application);
      PlanDiff diff = PlanDiff.between(before.plan(), compilation.plan().orElseThrow());
      if (before.script().equals(script) && diff.isEmpty()) {
        return applied(name, compilation, diff);
      }
      long revision = application.revision() + 1;
      store.insertRevision(
          name, revision, script, plan(compilation, revision), compilation.graph().orElseThrow());
      audit.note("application.change", name, "revision " + revision);
      if (application.isDeployed()) {
        outbox.put(name);
      }
      return applied(name, compilation, diff);
    });
  }

  /** What a script would change. */
  public PlanDiff diff(String name, String script) {
    ApplicationRecord application = get(name);
    Compilation compilation = compiler.compileValid(script);
    sameName(name, compilation);
    return PlanDiff.between(store.current(application).plan(), compilation.plan().orElseThrow());
  }

  /** What changed from one revision to another. */
  public PlanDiff diff(String name, long from, long to) {
    get(name);
    return PlanDiff.between(revision(name, from).plan(), revision(name, to).plan());
  }

  public Revision revision(String name, long revision) {
    get(name);
    return store
        .revision(name, revision)
        .orElseThrow(() -> ControlError.REVISION_NOT_FOUND.with(name, revision));
  }

  /** Deletes an application that does not run, with its streams and positions. */
  public void drop(String name, Long expectedRevision) {
    transaction.executeWithoutResult(status -> {
      ApplicationRecord application = locked(name, expectedRevision);
      if (application.desired() == DesiredState.RUNNING
          || application.desired() == DesiredState.QUIESCING) {
        throw ControlError.STILL_RUNNING.with(name, application.desired());
      }
      cleanup.schedule(name, store.plans(name));
      store.delete(name);
      outbox.put(name);
      audit.note("application.drop", name, null);
    });
  }

  private ApplicationRecord locked(String name, Long expectedRevision) {
    ApplicationRecord application =
        store.lock(name).orElseThrow(() -> ControlError.APPLICATION_NOT_FOUND.with(name));
    if (expectedRevision != null && expectedRevision != application.revision()) {
      throw ControlError.CHANGED_MEANWHILE.with(name, application.revision());
    }
    return application;
  }

  private static void sameName(String name, Compilation compilation) {
    String other = compilation.application().orElseThrow();
    if (!other.equals(name)) {
      throw ControlError.ANOTHER_NAME.with(other, name);
    }
  }

  private Applied applied(String name, Compilation compilation, PlanDiff diff) {
    ApplicationRecord application = get(name);
    return new Applied(application, store.current(application), compilation, diff);
  }

  private static Plan plan(Compilation compilation, long revision) {
    return Plan.newBuilder(compilation.plan().orElseThrow()).setRevision(revision).build();
  }
}
