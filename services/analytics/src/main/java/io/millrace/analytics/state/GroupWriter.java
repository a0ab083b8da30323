package io.millrace.analytics.state;

import io.millrace.cep.group.GroupChanges;
import io.millrace.loop.StopLoopException;
import io.millrace.loop.TaskOutput;
import java.util.Collection;

/** Writes the groups of one task that changed, together with one snapshot. */
final class GroupWriter implements GroupChanges {

  private final String topic;
  private final int task;
  private final long stamp;
  private final TaskOutput output;
  private long bytes;

  /**
   * @param stamp the time of the snapshot, milliseconds since the epoch
   */
  GroupWriter(String topic, int task, long stamp, TaskOutput output) {
    this.topic = topic;
    this.task = task;
    this.stamp = stamp;
    this.output = output;
  }

  @Override
  public void changed(long tag, byte[] key, byte[] content) {
    if (key.length > GroupCodec.LONGEST_KEY) {
      throw new StopLoopException(
          "KEY_TOO_LARGE",
          ("a key that the query groups by takes %d bytes, and can take %d; group by less of it, or"
                  + " by its hash (SHA256)")
              .formatted(key.length, GroupCodec.LONGEST_KEY));
    }
    GroupCodec.write(tag, key, content, this::emit);
  }

  /** Removes records that belong to nothing any more. */
  void remove(Collection<byte[]> keys) {
    keys.forEach(key -> emit(key, null));
  }

  /** Says that these were all. */
  void end(long epoch, long sequence) {
    GroupCodec.writeEnd(epoch, sequence, this::emit);
  }

  /** How many bytes were written. */
  long bytes() {
    return bytes;
  }

  private void emit(byte[] key, byte[] value) {
    bytes += key.length + (value == null ? 0 : value.length);
    output.emit(topic, task, key, value, stamp);
  }
}
