package io.millrace.query.stream;

import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryException;
import io.millrace.rows.CacheReader;
import io.millrace.rows.RowError;
import io.millrace.rows.RowSink;
import io.millrace.rows.StatelessQuery;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.schemas.type.RowType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compiles the condition by which a person picks events: what may stand in a WHERE. */
final class Conditions {

  private static final String INPUT = "stream_";

  private Conditions() {}

  /**
   * The filter of a condition.
   *
   * @param columns of the stream
   * @param where SQL; null or blank admits every event
   */
  static RowFilter compile(RowType columns, String where) {
    if (where == null || where.isBlank()) {
      return RowFilter.ALL;
    }
    return new Compiled(where, columns);
  }

  private static StatelessQuery query(RowType columns, String where) {
    try {
      // A line of its own for the condition: a comment in it must not swallow what follows.
      return StatelessQuery.compile(
          new QueryCompiler()
              .compile(
                  "SELECT 1 AS admitted FROM " + INPUT + " WHERE (\n" + where + "\n)",
                  Map.of(INPUT, columns),
                  List.of()));
    } catch (QueryException e) {
      String advice =
          e.diagnostics().stream().map(Diagnostic::advice).collect(Collectors.joining(" "));
      throw StreamError.INVALID_CONDITION.with(advice).because(e);
    } catch (UnsupportedQueryException e) {
      throw StreamError.INVALID_CONDITION.with(e.getMessage()).because(e);
    }
  }

  /** Compiled once a layout: a stream whose columns changed holds events of several. */
  private static final class Compiled implements RowFilter {
    private final String where;
    private final Map<RowType, StatelessQuery> byLayout = new HashMap<>();

    Compiled(String where, RowType columns) {
      this.where = where;
      byLayout.put(columns, query(columns, where));
    }

    @Override
    public synchronized boolean admits(RowType rowType, Object[] row) {
      Admission admission = new Admission();
      byLayout
          .computeIfAbsent(rowType, layout -> query(layout, where))
          .process(INPUT, List.<Object[]>of(row), CacheReader.NONE, admission);
      return admission.admitted;
    }
  }

  private static final class Admission implements RowSink {
    private boolean admitted;

    @Override
    public void row(int index, Object[] row) {
      admitted = true;
    }

    /** An event on which the condition fails, by a division by zero for instance, is not shown. */
    @Override
    public void failed(RowError error) {
      admitted = false;
    }
  }
}
