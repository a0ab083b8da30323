package io.millrace.connector.sink;

import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes replays out of their envelopes. */
public final class SinkInputs {

  private static final Logger LOG = LoggerFactory.getLogger(SinkInputs.class);

  private final String replays;
  private final String component;

  public SinkInputs(TaskSettings settings) {
    this.replays = Topics.replays(settings.application());
    this.component = settings.component();
  }

  /**
   * The event that a record brings, or null when there is nothing to deliver: no value, or a replay
   * that is meant for another component. The position passes over those all the same.
   */
  public SinkInput of(SinkRecord record) {
    byte[] value = (byte[]) record.value();
    if (value == null) {
      return null;
    }
    long timestamp = record.timestamp() == null ? 0 : record.timestamp();
    if (!record.topic().equals(replays)) {
      return new SinkInput(record, record.topic(), (byte[]) record.key(), value, timestamp, null);
    }
    DeadLetter letter;
    try {
      letter = DeadLetter.fromByteBuffer(ByteBuffer.wrap(value));
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "record {} of {} is no dead letter and is passed over", record.kafkaOffset(), replays, e);
      return null;
    }
    if (!letter.getComponent().equals(component)
        || letter.getOriginal() == null
        || letter.getStream() == null) {
      return null;
    }
    return new SinkInput(
        record,
        letter.getStream(),
        letter.getKey() == null ? null : bytes(letter.getKey()),
        bytes(letter.getOriginal()),
        letter.getEventTime() == null ? timestamp : letter.getEventTime(),
        letter.getId());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
