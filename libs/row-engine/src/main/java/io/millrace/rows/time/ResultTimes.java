package io.millrace.rows.time;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.rows.RowFunction;
import io.millrace.rows.library.RowException;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * The times of a stateless query's results, told from the events of one input before any filter, so
 * that time goes on while nothing passes. Immutable and thread-safe.
 */
public final class ResultTimes {

  private static final int RECORD = -1;
  private static final int COMPUTED = -2;
  private static final long MICROS_PER_MILLI = 1000;

  private final int column;
  private final RowFunction function;
  private final long scale;

  private ResultTimes(int column, RowFunction function, long scale) {
    this.column = column;
    this.function = function;
    this.scale = scale;
  }

  /**
   * How the times of the results that come of a stream are told.
   *
   * @param row the stream's columns
   * @param column the column of the results that holds their time, or -1 for that of the event
   * @return null when they cannot be told from the event alone: branches that read the stream
   *     differ in it, or it comes from a cache
   */
  public static ResultTimes of(CompiledQuery query, String stream, RowType row, int column) {
    if (column < 0) {
      return new ResultTimes(RECORD, null, 1);
    }
    List<Branch> branches =
        query.branches().stream().filter(b -> b.stream().equalsIgnoreCase(stream)).toList();
    if (branches.isEmpty()) {
      return null;
    }
    Branch branch = branches.getFirst();
    RexNode expression = branch.projection().get(column);
    if (branches.stream().anyMatch(b -> !b.projection().get(column).equals(expression))) {
      return null;
    }
    int columns = row.fields().size();
    if (RelOptUtil.InputFinder.bits(expression).length() > columns) {
      return null;
    }
    long scale =
        query.output().field(column).type().equals(DataType.TIMESTAMP) ? 1 : MICROS_PER_MILLI;
    return expression instanceof RexInputRef ref
        ? new ResultTimes(ref.getIndex(), null, scale)
        : new ResultTimes(
            COMPUTED,
            RowFunction.compile(query.rexBuilder(), branch.row(), null, List.of(expression)),
            scale);
  }

  /** Whether the time is that of a column of the stream; -1 asks for that of the records. */
  public boolean isColumn(int column) {
    return this.column == column;
  }

  /**
   * The time of what comes of an event.
   *
   * @param recorded that of its record, microseconds
   * @return microseconds; null when it has none
   */
  public Long of(Object[] row, long recorded) {
    if (column == RECORD) {
      return recorded;
    }
    Object value;
    if (column == COMPUTED) {
      try {
        value = function.apply(row)[0];
      } catch (RowException e) {
        return null; // Nothing comes of it.
      }
    } else {
      value = row[column];
    }
    return value == null ? null : Long.valueOf(((Number) value).longValue() * scale);
  }
}
