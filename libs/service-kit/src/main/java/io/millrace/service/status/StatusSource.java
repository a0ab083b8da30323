package io.millrace.service.status;

import io.millrace.schemas.control.ComponentStatus;
import java.util.Collection;

/**
 * Hands out the statuses of the components that an instance runs, when asked (every 2 s). Beans of
 * it are found by {@link StatusReporter}; changes of state are better pushed there as well. What it
 * no longer hands out has to be removed with {@link StatusReporter#remove}.
 */
@FunctionalInterface
public interface StatusSource {

  Collection<ComponentStatus> statuses();
}
