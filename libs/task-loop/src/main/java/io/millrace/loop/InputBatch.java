package io.millrace.loop;

import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.event.Watermark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events of one input that a call gets, and the watermarks among them.
 *
 * @param input which input
 * @param records the events in the order of their offsets; none when there were watermarks only
 * @param watermarks in the order of their offsets
 * @param partition where they were read
 * @param from the offset of the first record, event or watermark
 * @param to the offset behind the last one
 * @param carrier where these were found, if they were dead letters that are to be processed again:
 *     their topic, partition, offset, key and timestamp are those of the original then. Else null
 */
public record InputBatch(
    LoopInput input,
    List<ConsumerRecord<byte[], byte[]>> records,
    List<Watermark> watermarks,
    int partition,
    long from,
    long to,
    ConsumerRecord<byte[], byte[]> carrier) {

  /**
   * What was read of one partition.
   *
   * @param read at least one record
   */
  public static InputBatch of(LoopInput input, List<ConsumerRecord<byte[], byte[]>> read) {
    List<ConsumerRecord<byte[], byte[]>> events = read;
    List<Watermark> watermarks = List.of();
    for (int i = 0; i < read.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = read.get(i);
      if (WatermarkRecord.is(record)) {
        if (watermarks.isEmpty()) {
          watermarks = new ArrayList<>();
          events = new ArrayList<>(read.subList(0, i));
        }
        watermarks.add(WatermarkRecord.of(record, events.size()));
      } else if (!watermarks.isEmpty()) {
        events.add(record);
      }
    }
    ConsumerRecord<byte[], byte[]> first = read.getFirst();
    return new InputBatch(
        input,
        events,
        watermarks,
        first.partition(),
        first.offset(),
        read.getLast().offset() + 1,
        null);
  }

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
    return new InputBatch(
        input,
        List.of(ReplayedRecord.of(letter(carrier), carrier)),
        List.of(),
        carrier.partition(),
        carrier.offset(),
        carrier.offset() + 1,
        carrier);
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
