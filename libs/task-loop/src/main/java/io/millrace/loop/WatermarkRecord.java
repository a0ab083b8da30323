package io.millrace.loop;

import io.millrace.schemas.event.Watermark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A watermark as a record of a stream's topic: without key and value, so that whoever does not know
 * it passes over it; its header {@code w} holds time and kind. Its timestamp is the wall clock's: a
 * segment of old events that has one is retained from when it was written.
 */
final class WatermarkRecord {

  private static final String HEADER = "w";
  private static final Watermark.Kind[] KINDS = Watermark.Kind.values();

  private WatermarkRecord() {}

  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null && record.headers().lastHeader(HEADER) != null;
  }

  /** The watermark that a record is, the {@code at}-th event of its batch being the next. */
  static Watermark of(ConsumerRecord<byte[], byte[]> record, int at) {
    ByteBuffer content = ByteBuffer.wrap(record.headers().lastHeader(HEADER).value());
    return new Watermark(at, Channel.of(record), content.getLong(), KINDS[content.get()]);
  }

  static ProducerRecord<byte[], byte[]> of(
      String topic, int partition, int channel, long time, Watermark.Kind kind) {
    List<Header> headers = new ArrayList<>(Channel.headers(channel));
    headers.add(
        new RecordHeader(
            HEADER,
            ByteBuffer.allocate(Long.BYTES + 1).putLong(time).put((byte) kind.ordinal()).array()));
    return new ProducerRecord<>(topic, partition, System.currentTimeMillis(), null, null, headers);
  }
}
