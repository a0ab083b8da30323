package io.millrace.control.application;

import io.millrace.flow.plan.Graph;
import io.millrace.schemas.control.Plan;
import java.time.Instant;

/**
 * One revision of an application.
 *
 * @param plan as compiled: without desired state and time
 */
public record Revision(
    String application,
    long revision,
    String script,
    Plan plan,
    Graph graph,
    Instant createdAt,
    String createdBy) {}
