package io.millrace.loop;

import io.millrace.schemas.control.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events of one input that a call gets.
 *
 * @param input which input
 * @param records in the order of their offsets; never empty
 * @param carrier where these were found, if they were dead letters that are to be processed again:
 *     their topic, partition, offset, key and timestamp are those of the original then. Else null
 */
public record InputBatch(
    LoopInput input,
    List<ConsumerRecord<byte[], byte[]>> records,
    ConsumerRecord<byte[], byte[]> carrier) {

  /** Whether these were dead letters that are to be processed again. */
  public boolean replay() {
    return carrier != null;
  }

  /**
   * The dead letter that a record of the application's replays carries.
   *
   * @throws IllegalArgumentException if it carries none
   */
  public static InputBatch replayed(LoopInput input, ConsumerRecord<byte[], byte[]> carrier) {
    return new InputBatch(input, List.of(ReplayedRecord.of(letter(carrier), carrier)), carrier);
  }

  static DeadLetter letter(ConsumerRecord<byte[], byte[]> carrier) {
    try {
      return DeadLetter.fromByteBuffer(ByteBuffer.wrap(carrier.value()));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "record %d of %s is no dead letter".formatted(carrier.offset(), carrier.topic()), e);
    }
  }
}
