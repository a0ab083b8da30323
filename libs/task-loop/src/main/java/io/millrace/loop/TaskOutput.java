package io.millrace.loop;

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
   * Puts an event that cannot be processed with the application's dead letters.
   *
   * @param code a named error, for instance VALUE_OUT_OF_RANGE
   * @param reason for a person: what is wrong and what to do
   * @param text the event for a person, or null
   * @throws StopLoopException if the application asks to stop at an error
   */
  void reject(ConsumerRecord<byte[], byte[]> record, String code, String reason, String text);
}
