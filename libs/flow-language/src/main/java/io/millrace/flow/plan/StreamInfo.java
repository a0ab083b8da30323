package io.millrace.flow.plan;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.ChangeEvents;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** A stream while the plan is made. */
final class StreamInfo {

  static final int DEFAULT_PARTITIONS = 4;
  static final long DEFAULT_RETENTION = 7L * 24 * 60 * 60 * 1000;

  final String name;
  final String topic;
  final StreamKind kind;

  /** The columns; null when the statement's faults leave them unknown. */
  RowType row;

  /** The columns that faults leave unknown, as in {@link io.millrace.flow.query.Relation}. */
  final Set<String> missing = new HashSet<>();

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
    Schema schema = AvroTypes.parse(definition.getRowSchema());
    stream.row = AvroTypes.toRow(schema);
    stream.tableKey = ChangeEvents.key(schema);
    stream.table = definition.getTable();
    stream.partitionBy = definition.getPartitionBy();
    stream.foreign = StreamDefinition.newBuilder(definition).setName(fullName).build();
    return stream;
  }

  /** The columns of the record key: of the table, for changes. */
  List<String> key() {
    return isChanges() ? tableKey : partitionBy;
  }

  int partitions() {
    return foreign == null ? partitions : foreign.getPartitions();
  }

  /** Milliseconds. */
  long lateness() {
    return foreign == null ? allowedLateness : foreign.getAllowedLatenessMillis();
  }

  /** Whether {@link #row} is known and has all columns. */
  boolean complete() {
    return row != null && missing.isEmpty();
  }

  boolean isChanges() {
    return kind == StreamKind.CHANGES;
  }

  private Schema schema() {
    return isChanges()
        ? ChangeEvents.schema(ChangeEvents.tableOf(row), tableKey, topic)
        : AvroTypes.toAvro(row, topic);
  }

  StreamDefinition definition() {
    if (foreign != null) {
      return foreign;
    }
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(schema().toString())
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
