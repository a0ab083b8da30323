package io.millrace.control.lifecycle;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that was asked of an application and takes its time.
 *
 * @param state RUNNING, SUCCEEDED, FAILED, or SUPERSEDED by a later one
 * @param message why it failed or what it waits for; or null
 */
public record LifecycleOperation(
    UUID id,
    String application,
    String action,
    String state,
    String message,
    Instant requestedAt,
    String requestedBy,
    Instant finishedAt) {}
