package io.millrace.connector.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Where each partition of a task stands, for sinks whose target keeps the positions. The consumer
 * is sent to the target's position, and because it goes there only before its next poll, records
 * that it had already fetched from beyond it are passed over until then. Not thread-safe.
 */
public final class DeliveredPositions {

  /** The target has no position yet: whatever comes first is next. */
  public static final long UNKNOWN = -1;

  private final SinkTaskContext context;
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** Told to the consumer, which goes there once the put has returned, and not before. */
  private final Set<TopicPartition> rewinding = new HashSet<>();

  /** Those whose records of this put were passed over because they come again. */
  private final Set<TopicPartition> passedOver = new HashSet<>();

  public DeliveredPositions(SinkTaskContext context) {
    this.context = context;
  }

  /** Whether the target's position of a partition has been read. */
  public boolean knows(TopicPartition partition) {
    return next.containsKey(partition);
  }

  /** The offset that comes next, or {@link #UNKNOWN}. */
  public long next(TopicPartition partition) {
    return next.getOrDefault(partition, UNKNOWN);
  }

  /** Takes over what the target says, and sends the consumer there. */
  public void loaded(TopicPartition partition, long position) {
    next.put(partition, position);
    if (position != UNKNOWN) {
      context.offset(partition, position);
      rewinding.add(partition);
    }
  }

  /** A put begins, perhaps with the records of one that failed. */
  public void beginPut() {
    passedOver.clear();
  }

  /** A put ends without an exception: what was passed over comes again. */
  public void endPut() {
    rewinding.removeAll(passedOver);
  }

  /** Whether a record is to be delivered. */
  public boolean accepts(TopicPartition partition, long offset) {
    long expected = next(partition);
    if (expected == UNKNOWN || offset == expected) {
      rewinding.remove(partition);
      return true;
    }
    if (offset > expected && rewinding.contains(partition)) {
      context.offset(partition, expected);
      passedOver.add(partition);
      return false;
    }
    return offset > expected;
  }

  /** Everything before this offset is in the target. */
  public void delivered(TopicPartition partition, long position) {
    next.put(partition, position);
  }

  /** Positions that have to be read again before they are next used. */
  public void forget(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(Set.copyOf(partitions));
  }

  /** All positions have to be read again. */
  public void forgetAll() {
    next.clear();
  }

  /** For {@code preCommit}: the part of the current offsets that is in the target. */
  public Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> current) {
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    current.forEach((partition, offset) -> {
      long position = next(partition);
      if (position != UNKNOWN) {
        committable.put(partition, new OffsetAndMetadata(Math.min(position, offset.offset())));
      }
    });
    return committable;
  }
}
