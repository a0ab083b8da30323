package io.millrace.cep.match;

import io.millrace.rows.RowFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** What a match gives: partition columns, then what MEASURES says. For one thread. */
final class Measures {

  private final int[] partition;
  private final RowFunction function;
  private final Slot[] slots;
  private final Object[] values;

  private Measures(int[] partition, RowFunction function, Slot[] slots) {
    this.partition = partition;
    this.function = function;
    this.slots = slots;
    this.values = new Object[slots.length];
  }

  static Measures of(
      List<Integer> partition,
      Iterable<RexNode> expressions,
      ExpressionReader reader,
      RexBuilder rex) {
    List<RexNode> read = new ArrayList<>();
    expressions.forEach(expression -> read.add(reader.read(expression)));
    return new Measures(
        partition.stream().mapToInt(Integer::intValue).toArray(),
        RowFunction.compile(rex, reader.row(), null, read),
        reader.slots().toArray(Slot[]::new));
  }

  /** Whether it says which match of its partition it is. */
  boolean numbered() {
    for (Slot slot : slots) {
      if (slot instanceof Slot.MatchNumber) {
        return true;
      }
    }
    return false;
  }

  /**
   * The row of a match.
   *
   * @param last its last row
   * @throws io.millrace.rows.library.RowException if a measure cannot be computed
   */
  Object[] row(Bound last, MatchRows rows) {
    for (int i = 0; i < slots.length; i++) {
      values[i] = slots[i].value(last, rows);
    }
    Object[] measures = function.apply(values);
    if (partition.length == 0) {
      return measures;
    }
    Object[] result = new Object[partition.length + measures.length];
    for (int i = 0; i < partition.length; i++) {
      result[i] = last.row[partition[i]];
    }
    System.arraycopy(measures, 0, result, partition.length, measures.length);
    return result;
  }
}
