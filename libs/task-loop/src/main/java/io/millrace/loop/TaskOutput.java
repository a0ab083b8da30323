package io.millrace.loop;

import io.millrace.schemas.event.Watermark;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes what a processor emits; all of it becomes visible together, or not at all. */
public interface TaskOutput {

  /**
   * Emits one event.
   *
   * @param cause the event that it came from, which becomes a dead letter if this one turns out to
   *     be too large; null if there is none
   * @param key null for none
   * @param timestamp milliseconds since the epoch
   */
  void emit(
      ConsumerRecord<byte[], byte[]> cause, String topic, byte[] key, byte[] value, long timestamp);

  /** Emits one event to a partition of the caller's choice. */
  void emit(String topic, int partition, byte[] key, byte[] value, long timestamp);

  /**
   * Says in all partitions of a topic how far the events of a channel have come that are emitted
   * there.
   *
   * @param partitions how many the topic has
   * @param channel a {@link Channel} number of this task
   * @param time microseconds
   * @see io.millrace.schemas.event.Watermark
   */
  void watermark(String topic, int partitions, int channel, long time, Watermark.Kind kind);

  /**
   * Puts an event that cannot be processed with the application's dead letters.
   *
   * @param code a named error, for instance VALUE_OUT_OF_RANGE
   * @param reason for a person: what is wrong and what to do
   * @param text the event for a person, or null
   * @throws StopLoopException if the application asks to stop at an error
   */
  void reject(ConsumerRecord<byte[], byte[]> record, String code, String reason, String text);

  /**
   * Puts an event with the application's dead letters that nothing is wrong with and that yet
   * cannot count, for instance because it came too late; never stops the loop.
   */
  void setAside(ConsumerRecord<byte[], byte[]> record, String code, String reason, String text);

  /**
   * Puts with the application's dead letters that a result could not be computed, which no single
   * event is to blame for.
   *
   * @param id tells it from every other of this component; the same when it is computed again
   * @param timestamp the result's, milliseconds since the epoch
   * @param text the result for a person, or null
   * @throws StopLoopException if the application asks to stop at an error
   */
  void failed(String id, long timestamp, String code, String reason, String text);

  /**
   * Has an action run, by another thread, once what this call emitted is committed. It must be
   * short and must not throw.
   */
  void whenCommitted(Runnable action);
}
