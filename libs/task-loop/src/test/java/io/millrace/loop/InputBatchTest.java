package io.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.event.Watermark;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class InputBatchTest {

  private static final LoopInput INPUT = new LoopInput("s", "topic-s");

  @Test
  void watermarksStandAmongTheEvents() {
    InputBatch batch =
        InputBatch.of(
            INPUT,
            List.of(
                event(10),
                watermark(11, 3, 1_234_567, Watermark.Kind.ACTIVE),
                event(13),
                event(14),
                watermark(16, 300, Watermark.NONE, Watermark.Kind.IDLE)));
    assertThat(batch.records()).extracting(ConsumerRecord::offset).containsExactly(10L, 13L, 14L);
    assertThat(batch.watermarks())
        .containsExactly(
            new Watermark(1, 3, 1_234_567, Watermark.Kind.ACTIVE),
            new Watermark(3, 300, Watermark.NONE, Watermark.Kind.IDLE));
    assertThat(batch.from()).isEqualTo(10);
    assertThat(batch.to()).isEqualTo(17);
  }

  @Test
  void aRecordWithoutValueOfSomebodyElseIsAnEvent() {
    ConsumerRecord<byte[], byte[]> tombstone =
        new ConsumerRecord<>("topic-s", 0, 5, new byte[1], null);
    InputBatch batch = InputBatch.of(INPUT, List.of(tombstone));
    assertThat(batch.records()).containsExactly(tombstone);
    assertThat(batch.watermarks()).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> event(long offset) {
    return new ConsumerRecord<>("topic-s", 0, offset, null, new byte[1]);
  }

  private static ConsumerRecord<byte[], byte[]> watermark(
      long offset, int channel, long time, Watermark.Kind kind) {
    ProducerRecord<byte[], byte[]> written = WatermarkRecord.of("topic-s", 0, channel, time, kind);
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>("topic-s", 0, offset, written.key(), written.value());
    written.headers().forEach(read.headers()::add);
    return read;
  }
}
