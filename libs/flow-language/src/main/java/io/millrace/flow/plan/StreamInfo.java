package io.millrace.flow.plan;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.List;

/** A stream while the plan is made. */
final class StreamInfo {

  static final int DEFAULT_PARTITIONS = 4;
  static final long DEFAULT_RETENTION = 7L * 24 * 60 * 60 * 1000;

  final String name;
  final String topic;
  final StreamKind kind;

  /** The columns; null when the statement's faults leave them unknown. */
  RowType row;

  boolean complete = true;
  String table;

  /** The captured table's primary key. */
  List<String> tableKey = List.of();

  List<String> partitionBy = List.of();
  String timestampColumn;
  long allowedLateness;
  int partitions = DEFAULT_PARTITIONS;
  long retention = DEFAULT_RETENTION;
  String format = "avro";

  /** For a stream of another application: its definition as it is. */
  StreamDefinition foreign;

  StreamInfo(String name, String topic, StreamKind kind) {
    this.name = name;
    this.topic = topic;
    this.kind = kind;
  }

  static StreamInfo foreign(String fullName, StreamDefinition definition) {
    StreamInfo stream = new StreamInfo(fullName, definition.getTopic(), definition.getKind());
    stream.row = AvroTypes.toRow(definition.getRowSchema());
    stream.table = definition.getTable();
    stream.partitionBy = definition.getPartitionBy();
    stream.foreign = StreamDefinition.newBuilder(definition).setName(fullName).build();
    return stream;
  }

  boolean isChanges() {
    return kind == StreamKind.CHANGES;
  }

  StreamDefinition definition() {
    if (foreign != null) {
      return foreign;
    }
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(AvroTypes.toAvro(row, topic).toString())
        .setKind(kind)
        .setTable(table)
        .setPartitionBy(partitionBy)
        .setTimestampColumn(timestampColumn)
        .setAllowedLatenessMillis(allowedLateness)
        .setPartitions(partitions)
        .setRetentionMillis(retention)
        .setFormat(format)
        .build();
  }
}
