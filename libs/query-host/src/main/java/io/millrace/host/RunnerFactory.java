package io.millrace.host;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;

/** Makes the runners of one application's components. */
public interface RunnerFactory {

  /**
   * What a running component was started with: another value means that it has to restart.
   *
   * @throws RuntimeException if the plan does not hold what the component needs
   */
  Object definition(Plan plan, Component component);

  /**
   * Starts a component.
   *
   * @param definition what {@link #definition} returned
   * @throws RuntimeException if it cannot be started; the message says why
   */
  Runner start(Object definition);

  /** Forgets everything about a component that was removed or replaced, apart from its streams. */
  void forget(Object definition);
}
