package io.millrace.connector.task;

import io.millrace.schemas.control.DeadLetter;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Reads the replays of an application. Not thread-safe. */
public interface ReplayInput extends AutoCloseable {

  /**
   * One record of the topic.
   *
   * @param letter the dead letter to process again; null for a record that is none
   */
  record Replay(int partition, long offset, DeadLetter letter) {}

  /**
   * The next records that are there now; does not wait for more.
   *
   * @param positions asked once a partition: the offset to begin with
   */
  List<Replay> poll(IntToLongFunction positions);

  @Override
  void close();
}
