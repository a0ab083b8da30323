package io.millrace.connector.cdc;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** What the guard has to know of one kind of database. Stateless. */
interface Dialect {

  /** Debezium's connector class, by which its plugin folder is found. */
  String connectorClass();

  /** Debezium's task class, in the same folder, or ours beside it. */
  String taskClass();

  /** The table that a change belongs to, as streams name it. */
  String table(Struct source);

  /** Where a change stands in the log, as near as the database says. */
  Position position(Struct source);

  /**
   * Where a snapshot was taken: every change before the place is in it, none after.
   *
   * @param offset Debezium's source offset at the end of the snapshot
   */
  Position snapshotPosition(Map<String, ?> offset);

  /**
   * The offset from which the log is to be read again: the start of the transaction that the given
   * offset lies in.
   *
   * @param offset Debezium's source offset of the last committed record
   */
  Map<String, Object> rewind(Map<String, ?> offset);

  /** Whether reading on from an offset gives no change any more that a copy of this place holds. */
  boolean hasPassed(Map<String, ?> offset, Position copy);

  /** What a change says of its transaction, for the event; null when there is nothing. */
  String transaction(Struct source);

  /**
   * What tells the transaction of a change from all others that the log may be read from again.
   *
   * @param offset Debezium's source offset of the change
   */
  String transactionId(Struct source, Map<String, ?> offset);

  /** Copies an offset, so that it can be changed. */
  static Map<String, Object> copy(Map<String, ?> offset) {
    return new HashMap<>(offset);
  }
}
