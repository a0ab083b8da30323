package io.millrace.control.application;

/** The steady states of an application. */
public enum ReachedState {
  CREATED,
  DEPLOYED,
  RUNNING,
  STOPPED
}
