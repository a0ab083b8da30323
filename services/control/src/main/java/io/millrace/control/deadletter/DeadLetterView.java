package io.millrace.control.deadletter;

import io.millrace.schemas.control.DeadLetter;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A dead letter as the REST interface shows it.
 *
 * @param eventTime milliseconds since the epoch, or null
 * @param occurredAt milliseconds since the epoch
 * @param original the original value in base64
 * @param text the original value for a person
 * @param replayOf the id of the dead letter whose replay failed with this one, or null
 * @param replayedAt when it was last sent to be processed again, as occurredAt; null when not
 */
record DeadLetterView(
    String id,
    String application,
    String component,
    String service,
    String code,
    String reason,
    String stream,
    Integer partition,
    Long offset,
    String location,
    Long eventTime,
    long occurredAt,
    String original,
    String text,
    String replayOf,
    Long replayedAt) {

  static DeadLetterView of(DeadLetterReader.Kept kept) {
    DeadLetter letter = kept.letter();
    return new DeadLetterView(
        letter.getId(),
        letter.getApplication(),
        letter.getComponent(),
        letter.getService(),
        letter.getCode(),
        letter.getReason(),
        letter.getStream(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getLocation(),
        letter.getEventTime(),
        letter.getOccurredAt(),
        base64(letter.getOriginal()),
        letter.getText(),
        letter.getReplayOf(),
        kept.replayedAt());
  }

  private static String base64(ByteBuffer bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
