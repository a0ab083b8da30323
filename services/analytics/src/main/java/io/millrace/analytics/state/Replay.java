package io.millrace.analytics.state;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A task that is fed once more what it was fed, and emits nothing meanwhile. */
public interface Replay {

  /** Has it begin with nothing remembered. */
  void begin();

  /** Gives it back what it remembered, but for the groups. */
  void restore(byte[] state);

  /**
   * Gives it back what a task of another query remembered, as far as it can go on with that. What
   * follows is what the other one was fed.
   *
   * @return false when it can go on with nothing of it
   */
  boolean takeOver(Snapshot snapshot);

  /** The tags of the groups that belong to what it was given back. */
  Set<Long> tags();

  /**
   * Gives it back a group.
   *
   * @param content null when it was forgotten
   */
  void group(long tag, byte[] key, byte[] content);

  /** Sets its clock. */
  void clock(byte[] clock);

  /**
   * Has it process events of one input.
   *
   * @param passedOver offsets that it could not read the first time
   */
  void events(
      int input, boolean replayed, List<ConsumerRecord<byte[], byte[]>> records, long[] passedOver);
}
