package io.millrace.cep.window;

import io.millrace.cep.group.Group;
import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.operator.Rows;
import io.millrace.rows.library.RowException;

/** Makes the rows of a window that has ended. */
final class WindowRows {

  /** window_time is the last millisecond of a window. */
  static final long MILLISECOND = 1000;

  /** How far behind the watermark window_time may be: a window ends a microsecond before it. */
  static final long DELAY = MILLISECOND - 1;

  private final int keys;
  private final int width;
  private final int results;
  private final Rows out;

  private WindowRows(int keys, int results, int width, Rows out) {
    this.keys = keys;
    this.results = results;
    this.width = width;
    this.out = out;
  }

  /** Rows of key, window and results. */
  static WindowRows withWindow(Grouping grouping, Rows out) {
    int results = grouping.keys() + 3;
    return new WindowRows(grouping.keys(), results, results + grouping.results(), out);
  }

  /** Rows of key and results: the window is a part of the key. */
  static WindowRows withoutWindow(Grouping grouping, Rows out) {
    int results = grouping.keys();
    return new WindowRows(results, results, results + grouping.results(), out);
  }

  void give(GroupTable groups, long start, long end) {
    Long windowStart = start;
    Long windowEnd = end;
    Long windowTime = end - MILLISECOND;
    for (int i = 0; i < groups.size(); i++) {
      give(groups.get(i), windowStart, windowEnd, windowTime);
    }
  }

  void give(Group group, Long start, Long end, Long time) {
    Object[] row = new Object[width];
    group.key(row);
    if (results > keys) {
      row[keys] = start;
      row[keys + 1] = end;
      row[keys + 2] = time;
    }
    try {
      group.results(row, results);
    } catch (RowException e) {
      out.failed(e);
      return;
    }
    out.row(row, time);
  }
}
