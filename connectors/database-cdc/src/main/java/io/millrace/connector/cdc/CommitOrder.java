package io.millrace.connector.cdc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * For logs whose transactions come in the order of their commits while changes are numbered in the
 * order of their making (PostgreSQL): whether a change lies before a copy is decided by its
 * transaction's commit, which comes last. So a transaction is held until its end, as long as there
 * are copies that the log has not passed.
 */
final class CommitOrder {

  private record Held(SourceRecord record, Position from) {}

  private final List<Held> held = new ArrayList<>();
  private boolean open;

  private CommitOrder() {}

  /** Null when positions alone decide. */
  static CommitOrder of(Dialect dialect, Map<String, String> config) {
    if (!(dialect instanceof PostgresDialect)) {
      return null;
    }
    config.put("provide.transaction.metadata", "true");
    return new CommitOrder();
  }

  boolean isBetweenTransactions() {
    return !open;
  }

  /**
   * Passes a change on, now or at its transaction's end.
   *
   * @param copy the state of its table
   */
  void add(SourceRecord record, CaptureState.TableState copy, List<SourceRecord> out) {
    if (open) {
      held.add(new Held(record, copy == null ? null : copy.from()));
    } else {
      out.add(record);
    }
  }

  /** A transaction begins or ends. */
  void boundary(SourceRecord record, List<SourceRecord> out) {
    if (!(record.value() instanceof Struct value) || record.valueSchema().field("status") == null) {
      return;
    }
    if ("BEGIN".equals(value.getString("status"))) {
      open = true;
      return;
    }
    open = false;
    long commit = ((Number) record.sourceOffset().get("lsn_commit")).longValue();
    for (Held one : held) {
      if (one.from() == null || commit > one.from().offset()) {
        out.add(one.record());
      }
    }
    held.clear();
  }
}
