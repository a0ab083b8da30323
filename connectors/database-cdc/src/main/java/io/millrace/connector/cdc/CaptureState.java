package io.millrace.connector.cdc;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;

/**
 * What is kept with the source offset in the same transaction as the events: Debezium's own offset,
 * how far the last transaction is written, and the tables whose first copy is written. Immutable.
 *
 * @param debezium Debezium's offset
 * @param written of the last transaction; null while there was none after the first copy
 * @param tables the captured tables, by name
 */
record CaptureState(Map<String, ?> debezium, Written written, Map<String, TableState> tables) {

  /**
   * One captured table.
   *
   * @param topic the identity of the topic that holds its first copy, so that a topic that was
   *     deleted and made anew gets a new copy; empty when it is not known
   * @param from changes before this place are in the first copy; null once they have all passed
   */
  record TableState(String topic, Position from) {}

  private static final String WRITTEN = "millrace.written";
  private static final String TABLE = "millrace.table.";
  private static final String FROM = "@";

  static CaptureState read(Map<String, ?> offset) {
    Map<String, Object> debezium = new HashMap<>();
    Map<String, TableState> tables = new LinkedHashMap<>();
    Written written = null;
    for (Map.Entry<String, ?> entry : offset.entrySet()) {
      String key = entry.getKey();
      if (key.equals(WRITTEN)) {
        written = Written.parse((String) entry.getValue());
      } else if (key.startsWith(TABLE)) {
        String[] parts = ((String) entry.getValue()).split(FROM, 2);
        tables.put(
            key.substring(TABLE.length()),
            new TableState(parts[0], parts.length < 2 ? null : Position.parse(parts[1])));
      } else {
        debezium.put(key, entry.getValue());
      }
    }
    return new CaptureState(debezium, written, tables);
  }

  /** The offset to keep. Most are never looked at, so it is put together only when it is. */
  Map<String, Object> offset() {
    return new AbstractMap<>() {
      private Map<String, Object> whole;

      @Override
      public Set<Entry<String, Object>> entrySet() {
        if (whole == null) {
          whole = new HashMap<>(debezium);
          if (written != null) {
            whole.put(WRITTEN, written.text());
          }
          tables.forEach((name, state) ->
              whole.put(
                  TABLE + name,
                  state.from() == null
                      ? state.topic()
                      : state.topic() + FROM + state.from().text()));
        }
        return whole.entrySet();
      }
    };
  }

  CaptureState with(Map<String, ?> newDebezium, Written newWritten) {
    return new CaptureState(newDebezium, newWritten, tables);
  }

  CaptureState withTables(Map<String, TableState> newTables) {
    return new CaptureState(debezium, written, Map.copyOf(newTables));
  }

  /** With a table whose rows are all in the log from where it is read on. */
  CaptureState withTable(String name) {
    Map<String, TableState> all = new LinkedHashMap<>(tables);
    all.put(name, new TableState("", null));
    return withTables(all);
  }

  /** Without tables that are not captured any more and copies that the log has passed. */
  CaptureState trimmed(Dialect dialect, TablePatterns captured) {
    Map<String, TableState> all = new LinkedHashMap<>();
    tables.forEach((name, copy) -> {
      boolean passed = copy.from() == null || dialect.hasPassed(debezium, copy.from());
      all.put(name, passed ? new TableState(copy.topic(), null) : copy);
    });
    all.keySet().removeIf(name -> !captured.matches(name));
    return withTables(all);
  }

  /** Whether there are copies that the log has not passed. */
  boolean hasPendingCopies() {
    return tables.values().stream().anyMatch(t -> t.from() != null);
  }

  /** Whether the first copy of a table holds a change that the log gives again. */
  boolean isInCopy(String table, Struct source, Dialect dialect) {
    TableState copy = tables.get(table);
    return copy != null && copy.from() != null && dialect.position(source).isBefore(copy.from());
  }

  /**
   * Whether the first copy of a table is written.
   *
   * @param topic the identity of its topic; null when there is none
   */
  boolean isCopied(String table, String topic) {
    TableState copy = tables.get(table);
    return copy != null && (copy.topic().isEmpty() || topic == null || copy.topic().equals(topic));
  }
}
