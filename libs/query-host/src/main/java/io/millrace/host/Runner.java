package io.millrace.host;

import io.millrace.loop.LoopStatus;

/** One component that runs on this instance. Thread-safe. */
public interface Runner extends AutoCloseable {

  LoopStatus status();

  /** Processes what there is, then stops; returns at once. */
  void drain();

  /** Stops as soon as what is under way is done; returns at once. */
  void requestStop();

  /** Stops and waits for the end. */
  @Override
  void close();
}
