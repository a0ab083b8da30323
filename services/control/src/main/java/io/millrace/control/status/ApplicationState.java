package io.millrace.control.status;

/**
 * How an application is.
 *
 * @param name CREATED, DEPLOYED, RUNNING, DEGRADED, QUIESCING, STOPPED or FAILED
 * @param reason the component and why, when that has to be said; or null
 * @param allRunning every component runs
 * @param noneRuns no component runs
 */
public record ApplicationState(String name, String reason, boolean allRunning, boolean noneRuns) {}
