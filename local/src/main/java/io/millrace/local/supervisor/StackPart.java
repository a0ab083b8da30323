package io.millrace.local.supervisor;

import java.util.List;

/** A server or service that the supervisor keeps running. Used by one thread at a time. */
interface StackPart {

  String name();

  /** server, service or demo. */
  String kind();

  /** The parts that have to be ready before this one starts. */
  default List<String> needs() {
    return List.of();
  }

  /** Starts it and returns when it is ready. What an earlier run left behind is replaced. */
  void start() throws Exception;

  /** Whether it still runs. */
  boolean alive();

  /** Stops it in order; does nothing when it does not run. */
  void stop();

  /** Its process; 0 when it does not run or runs elsewhere. */
  long pid();

  /** Where it listens. */
  String address();
}
