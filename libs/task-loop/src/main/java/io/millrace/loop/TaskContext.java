package io.millrace.loop;

/** What a processor can ask about its task; only from within its own calls. */
public interface TaskContext {

  /** The partition number that the task sees of every input. */
  int task();

  /**
   * Whether the task has been given everything that is committed in its inputs at this moment. Asks
   * the broker.
   */
  boolean atEnd();
}
