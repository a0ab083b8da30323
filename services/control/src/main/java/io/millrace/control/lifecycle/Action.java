package io.millrace.control.lifecycle;

/** What can be done with an application. */
enum Action {
  DEPLOY,
  START,
  STOP,
  QUIESCE,
  UNDEPLOY
}
