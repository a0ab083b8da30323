package io.millrace.loop;

/** Makes the processor of a task when the task is assigned to this instance. */
@FunctionalInterface
public interface TaskProcessorFactory {

  TaskProcessor create(TaskContext context);
}
