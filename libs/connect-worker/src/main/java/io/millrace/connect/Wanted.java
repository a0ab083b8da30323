package io.millrace.connect;

import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;

/**
 * A component of a plan that this service runs.
 *
 * @param connector null when no configuration could be made; {@code problem} says why
 */
record Wanted(
    Plan plan,
    Component component,
    ConnectorProvider provider,
    DesiredConnector connector,
    String name,
    String problem) {

  /** Whether its application was dropped: it is to go, with all that it keeps. */
  boolean isDropped() {
    return plan.getDropped();
  }
}
