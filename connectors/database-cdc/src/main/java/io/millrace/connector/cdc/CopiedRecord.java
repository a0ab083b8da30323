package io.millrace.connector.cdc;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A row of a first copy. Kafka Connect keeps every record of an open transaction, as a key of a
 * map, to tell the task of each when it is committed; a copy is one transaction, however large the
 * tables, and would fill the memory. So all rows of a topic are equal, and only the first is kept.
 */
final class CopiedRecord extends SourceRecord {

  CopiedRecord(
      Map<String, ?> sourcePartition,
      String topic,
      Integer kafkaPartition,
      byte[] key,
      byte[] value,
      long timestamp) {
    // The offset is never kept: the transaction ends with the copy, whose last record has it.
    super(sourcePartition, Map.of(), topic, kafkaPartition, null, key, null, value, timestamp);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CopiedRecord copied && copied.topic().equals(topic());
  }

  @Override
  public int hashCode() {
    return topic().hashCode();
  }
}
