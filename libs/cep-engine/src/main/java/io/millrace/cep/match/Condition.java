package io.millrace.cep.match;

import io.millrace.rows.RowFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** What DEFINE asks of a row that is to be a variable. For one thread. */
final class Condition {

  /** What variables without a definition have. */
  static final Condition NONE = new Condition(null, null, null, true);

  /** Over the row; null: over the slots. */
  private final RowFunction ofRow;

  private final RowFunction ofSlots;
  private final Slot[] slots;
  private final Object[] values;
  private final boolean rowAlone;

  private Condition(RowFunction ofRow, RowFunction ofSlots, Slot[] slots, boolean rowAlone) {
    this.ofRow = ofRow;
    this.ofSlots = ofSlots;
    this.slots = slots;
    this.values = slots == null ? null : new Object[slots.length];
    this.rowAlone = rowAlone;
  }

  /**
   * Compiles a definition.
   *
   * @param variable whose it is
   * @param any the number of variables
   * @param input the columns of a row
   */
  static Condition of(
      RexNode definition,
      int variable,
      int any,
      RelDataType input,
      ExpressionReader reader,
      RexBuilder rex) {
    RexNode read = reader.read(definition);
    List<Slot> slots = reader.slots();
    List<RexNode> nothing = List.of(rex.makeLiteral(true));
    if (slots.stream().allMatch(s -> s instanceof Slot.Column c && c.isCurrent(variable, any))) {
      RexNode overRow =
          read.accept(
              new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                  Slot.Column column = (Slot.Column) slots.get(ref.getIndex());
                  return rex.makeInputRef(ref.getType(), column.column());
                }
              });
      return new Condition(RowFunction.compile(rex, input, overRow, nothing), null, null, true);
    }
    boolean rowAlone = slots.stream().allMatch(slot -> slot.ofRow(variable, any));
    return new Condition(
        null,
        RowFunction.compile(rex, reader.row(), read, nothing),
        slots.toArray(Slot[]::new),
        rowAlone);
  }

  /** Whether it says the same of a row whatever came before in the match. */
  boolean rowAlone() {
    return rowAlone;
  }

  /** Whether {@link #test(Object[])} will do. */
  boolean readsRow() {
    return ofSlots == null;
  }

  boolean test(Object[] row) {
    return ofRow == null || ofRow.apply(row) != null;
  }

  boolean test(Bound candidate, MatchRows rows) {
    if (ofSlots == null) {
      return test(candidate.row);
    }
    for (int i = 0; i < slots.length; i++) {
      values[i] = slots[i].value(candidate, rows);
    }
    return ofSlots.apply(values) != null;
  }
}
