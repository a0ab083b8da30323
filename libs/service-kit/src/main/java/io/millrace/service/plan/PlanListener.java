package io.millrace.service.plan;

import io.millrace.schemas.control.Plan;

/**
 * Takes the desired state of applications. Declare one bean of it. All calls come from one thread,
 * one after the other.
 *
 * <p>At a start the plans that are there already come first, each once and in its latest state,
 * then {@link #onCaughtUp()}. A call that throws is logged and repeated with back-off for as long
 * as no newer plan of that application has come; other applications go on meanwhile.
 */
public interface PlanListener {

  /** A plan is new or has changed. It may be the same as before: handle it again without harm. */
  void onPlan(Plan plan) throws Exception;

  /**
   * An application was undeployed or dropped: stop its components and forget them.
   *
   * @param application namespace.name
   */
  void onRemoved(String application) throws Exception;

  /**
   * An application was dropped. A service whose components keep something outside of Kafka lets go
   * of it here and reports the components as released; for all others this is a removal.
   *
   * @param plan all components that the application has had
   */
  default void onDropped(Plan plan) throws Exception {
    onRemoved(plan.getApplication());
  }

  /**
   * Every plan that existed when this instance started has been handed out: what runs from an
   * earlier life and is in none of them can be removed.
   */
  default void onCaughtUp() throws Exception {}
}
