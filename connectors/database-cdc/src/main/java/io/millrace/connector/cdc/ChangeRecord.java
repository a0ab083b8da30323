package io.millrace.connector.cdc;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A change in the log. Kafka Connect asks each record for its hash several times, which would put
 * its offset together; no two are the same change, so it is itself and no other.
 */
final class ChangeRecord extends SourceRecord {

  ChangeRecord(Map<String, ?> sourcePartition, Map<String, ?> offset, CaptureRecords.Event event) {
    super(
        sourcePartition,
        offset,
        event.topic(),
        event.partition(),
        null,
        event.key(),
        null,
        event.value(),
        event.time());
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
