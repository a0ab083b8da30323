package io.millrace.cep;

import io.millrace.flow.query.Branch;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.RowFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * One way of a stream's events into a query. The time is taken from the stream's row before any
 * filter, so that time goes on while nothing passes.
 *
 * @param stream the stream's name
 * @param leaf the leaf that it belongs to
 * @param function from the stream's row to the leaf's; null when they are the same
 * @param timeColumn the column of the stream's row that is the time; -1 when there is none such
 * @param timeFunction gives the time as its only column; null when a column or the record says it
 * @param clock says which clock it goes by: those with equal ones always agree about the time
 */
record Source(
    String stream,
    int leaf,
    RowFunction function,
    int timeColumn,
    RowFunction timeFunction,
    String clock) {

  static Source of(Node.Leaf leaf, Branch branch, RexBuilder rex, String clock) {
    RowFunction function = isIdentity(branch) ? null : RowFunction.compile(rex, branch);
    if (leaf.time() < 0) {
      return new Source(branch.stream(), leaf.index(), function, -1, null, clock);
    }
    RexNode time = branch.projection().get(leaf.time());
    return time instanceof RexInputRef ref
        ? new Source(branch.stream(), leaf.index(), function, ref.getIndex(), null, clock)
        : new Source(
            branch.stream(),
            leaf.index(),
            function,
            -1,
            RowFunction.compile(rex, branch.row(), null, List.of(time)),
            clock);
  }

  private static boolean isIdentity(Branch branch) {
    RelDataType row = branch.row();
    List<RexNode> projection = branch.projection();
    if (!branch.steps().isEmpty() || projection.size() != row.getFieldCount()) {
      return false;
    }
    for (int i = 0; i < projection.size(); i++) {
      if (!(projection.get(i) instanceof RexInputRef ref) || ref.getIndex() != i) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it takes the time from where the stream has it, so that the stream's watermarks hold.
   *
   * @param column the column with the stream's time, or -1 for the records'
   */
  boolean hasTimeOf(int column) {
    return timeFunction == null && timeColumn == column;
  }

  /**
   * The time of an event.
   *
   * @param recorded that of its record
   * @return microseconds, or null when the column that holds it is NULL
   */
  Long time(Object[] row, long recorded) {
    if (timeColumn >= 0) {
      return (Long) row[timeColumn];
    }
    return timeFunction == null ? Long.valueOf(recorded) : (Long) timeFunction.apply(row)[0];
  }
}
