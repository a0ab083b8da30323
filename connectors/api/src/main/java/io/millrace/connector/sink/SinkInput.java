package io.millrace.connector.sink;

import org.apache.kafka.connect.sink.SinkRecord;

/**
 * An event to deliver: as it came from its stream, or put back by a replay.
 *
 * @param record the record that brought it; its position is the sink's position
 * @param topic the stream's topic, for a replay the one it first came from
 * @param key the record key, or null
 * @param value the event's bytes
 * @param timestamp event time, milliseconds since the epoch
 * @param replayOf the dead letter that is processed again, or null
 */
public record SinkInput(
    SinkRecord record, String topic, byte[] key, byte[] value, long timestamp, String replayOf) {

  /** Where it came from, in words. */
  public String location() {
    return "%s-%d at offset %d"
        .formatted(record.topic(), record.kafkaPartition(), record.kafkaOffset());
  }
}
