package io.millrace.control.application;

import io.millrace.schemas.control.DesiredState;
import java.time.Instant;
import java.util.List;

/**
 * An application as it is stored.
 *
 * @param name namespace.name
 * @param revision the current one, from 1
 * @param desired what the services are told; null while it is not deployed
 * @param reached the last steady state
 * @param drained while QUIESCING: the components that were told to stop so far
 */
public record ApplicationRecord(
    String name,
    long revision,
    DesiredState desired,
    ReachedState reached,
    List<String> drained,
    Instant createdAt,
    String createdBy,
    Instant updatedAt,
    String updatedBy) {

  public boolean isDeployed() {
    return desired != null;
  }
}
