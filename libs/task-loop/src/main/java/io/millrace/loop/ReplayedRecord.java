package io.millrace.loop;

import io.millrace.schemas.control.DeadLetter;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A dead letter that is processed again, in the shape of the record that it was. */
final class ReplayedRecord extends ConsumerRecord<byte[], byte[]> {

  private final String position;
  private final String replayOf;

  private ReplayedRecord(DeadLetter letter, byte[] key, byte[] value, String position) {
    super(
        letter.getStream(),
        letter.getPartition() == null ? 0 : letter.getPartition(),
        letter.getOffset() == null ? 0 : letter.getOffset(),
        letter.getEventTime() == null ? letter.getOccurredAt() : letter.getEventTime(),
        TimestampType.CREATE_TIME,
        key == null ? NULL_SIZE : key.length,
        value == null ? NULL_SIZE : value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
    this.position = position;
    this.replayOf = letter.getId();
  }

  static ReplayedRecord of(DeadLetter letter, ConsumerRecord<byte[], byte[]> carrier) {
    return new ReplayedRecord(
        letter,
        bytes(letter.getKey()),
        bytes(letter.getOriginal()),
        carrier.topic() + "-" + carrier.partition() + "-" + carrier.offset());
  }

  /** Where the replay itself stands; makes the id of a dead letter that comes of it its own. */
  String position() {
    return position;
  }

  String replayOf() {
    return replayOf;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
