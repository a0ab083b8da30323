package io.millrace.loop;

import java.util.Set;

/** What a session asks of its loop and tells it. */
interface LoopControl {

  boolean stopRequested();

  boolean drainRequested();

  /** The group gave this member its tasks. */
  void assigned(Set<Integer> tasks);

  /** Something was committed. */
  void progressed();

  void waiting(TryAgainException reason);

  void notWaiting();
}
