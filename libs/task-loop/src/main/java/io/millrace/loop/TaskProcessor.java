package io.millrace.loop;

import java.util.List;

/**
 * What one task does with its events. A processor is called by one thread at a time. Its task may
 * be taken away at any moment between two calls: then it is closed, and what it had emitted is
 * either committed together with the offsets, or it never happened.
 */
public interface TaskProcessor extends AutoCloseable {

  /**
   * Processes the events that one poll brought for this task: for each input that had some a batch,
   * in the order of the loop's inputs, events in the order of their offsets.
   *
   * @throws TryAgainException to be called again later with the same batches, nothing of what this
   *     call emitted being kept; its state must be as before the call
   * @throws StopLoopException to stop the loop for good
   */
  void process(List<InputBatch> batches, TaskOutput output);

  /**
   * Called every {@link LoopConfig#tick()}, whether there were events or not.
   *
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  default void tick(long nowMillis, TaskOutput output) {}

  @Override
  default void close() {}
}
