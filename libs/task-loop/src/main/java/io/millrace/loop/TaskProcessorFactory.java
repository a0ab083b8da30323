package io.millrace.loop;

/** Makes the processor of a task when the task is assigned to this instance. */
@FunctionalInterface
public interface TaskProcessorFactory {

  /**
   * @param task the partition number that the processor will see of every input
   */
  TaskProcessor create(int task);
}
