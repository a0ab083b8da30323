package io.millrace.connector.sink;

import io.millrace.connector.task.DeadLetterOutput;
import io.millrace.connector.task.KafkaDeadLetterOutput;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.DeadLetter;
import java.nio.ByteBuffer;

/**
 * Writes what a sink's target refused to the application's dead letters. A letter's id says where
 * its event stands, so the same refusal met twice gives the same letter twice. Not thread-safe.
 */
public final class DeadLetterWriter implements AutoCloseable {

  private final TaskSettings settings;
  private final DeadLetterOutput output;
  private long sent;
  private long count;

  /** Writes to Kafka. */
  public DeadLetterWriter(TaskSettings settings) {
    this(settings, new KafkaDeadLetterOutput(settings.kafka()));
  }

  public DeadLetterWriter(TaskSettings settings, DeadLetterOutput output) {
    this.settings = settings;
    this.output = output;
  }

  /**
   * Sends one letter; it counts as written only after {@link #flush}.
   *
   * @param code of the connector's error codes
   * @param reason for a person: what is wrong and what to do
   * @param text the event for a person, or null
   */
  public void write(SinkInput input, String code, String reason, String text) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setId(
                "%s:%s-%d-%d"
                    .formatted(
                        settings.component(),
                        input.record().topic(),
                        input.record().kafkaPartition(),
                        input.record().kafkaOffset()))
            .setApplication(settings.application())
            .setComponent(settings.component())
            .setService("delivery")
            .setCode(code)
            .setReason(reason)
            .setStream(input.topic())
            .setPartition(input.record().kafkaPartition())
            .setOffset(input.record().kafkaOffset())
            .setEventTime(input.timestamp())
            .setOccurredAt(System.currentTimeMillis())
            .setKey(input.key() == null ? null : ByteBuffer.wrap(input.key()))
            .setOriginal(ByteBuffer.wrap(input.value()))
            .setText(text)
            .setReplayOf(input.replayOf())
            .build();
    output.write(letter);
    sent++;
  }

  /**
   * Returns when every letter sent so far is on the topic.
   *
   * @throws org.apache.kafka.connect.errors.RetriableException if one is not; the position must not
   *     move past its event
   */
  public void flush() {
    if (sent == 0) {
      return;
    }
    output.flush();
    count += sent;
    sent = 0;
  }

  /** How many letters this writer has written. */
  public long count() {
    return count;
  }

  @Override
  public void close() {
    output.close();
  }
}
