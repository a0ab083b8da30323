package io.millrace.connector.jdbc;

import io.millrace.connector.sink.SinkInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one transaction does: changes by table, and what could not be made a change at all. */
final class Batch {

  private final Map<TableId, TableBatch> tables = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /** An event that goes to the dead letters. */
  record Refusal(SinkInput input, String code, String reason, String text) {}

  TableBatch table(TableId id) {
    return tables.computeIfAbsent(id, TableBatch::new);
  }

  Collection<TableBatch> tables() {
    return tables.values();
  }

  void refuse(SinkInput input, String code, String reason, String text) {
    refusals.add(new Refusal(input, code, reason, text));
  }

  List<Refusal> refusals() {
    return refusals;
  }
}
