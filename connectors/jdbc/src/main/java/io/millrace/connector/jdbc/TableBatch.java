package io.millrace.connector.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes of one table in one batch: of each identified row only the last. */
final class TableBatch {

  private final TableId table;
  private final Map<Object, Change> byKey = new LinkedHashMap<>();
  private final List<Change> appended = new ArrayList<>();
  private final Map<RowKey, Deque<Change>> keyless = new LinkedHashMap<>();
  private final List<Change> keylessDeletes = new ArrayList<>();
  private boolean truncated;

  TableBatch(TableId table) {
    this.table = table;
  }

  TableId table() {
    return table;
  }

  /** Whether the table is emptied before the changes. */
  boolean truncated() {
    return truncated;
  }

  void truncate() {
    truncated = true;
    byKey.clear();
    appended.clear();
    keyless.clear();
    keylessDeletes.clear();
  }

  void append(Change change) {
    appended.add(change);
  }

  void put(Object key, Change change) {
    Change earlier = byKey.get(key);
    byKey.put(key, earlier == null ? change : change.after(earlier));
  }

  /** A row of a table without a key: rows of equal values are told apart by their number alone. */
  void insertKeyless(Change change) {
    keyless.computeIfAbsent(RowKey.ofAll(change.row()), k -> new ArrayDeque<>()).add(change);
  }

  /** Takes back an insert of this batch, or deletes one of the rows that were there before. */
  void deleteKeyless(Change change) {
    Deque<Change> inserts = keyless.get(RowKey.ofAll(change.row()));
    if (inserts == null || inserts.pollLast() == null) {
      keylessDeletes.add(change);
    }
  }

  /**
   * The changes in the order of their execution, grouped so that each group is one statement:
   * deletes go first, so that what they free can be taken.
   */
  List<List<Change>> groups() {
    Map<Group, List<Change>> groups = new LinkedHashMap<>();
    byKey.values().stream()
        .filter(c -> c.kind() == Change.Kind.DELETE)
        .forEach(c -> add(groups, c));
    byKey.values().stream()
        .filter(c -> c.kind() != Change.Kind.DELETE)
        .forEach(c -> add(groups, c));
    keylessDeletes.forEach(c -> add(groups, c));
    keyless.values().forEach(changes -> changes.forEach(c -> add(groups, c)));
    appended.forEach(c -> add(groups, c));
    return List.copyOf(groups.values());
  }

  private static void add(Map<Group, List<Change>> groups, Change change) {
    groups
        .computeIfAbsent(new Group(change.writer(), change.kind()), g -> new ArrayList<>())
        .add(change);
  }

  /** The writer is compared by identity: it has no equality of its own. */
  private record Group(TableWriter writer, Change.Kind kind) {}
}
