package io.millrace.rows;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.Step;
import io.millrace.rows.code.BranchCompiler;
import io.millrace.rows.code.RowStep;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Expressions over one row, compiled. Immutable and thread-safe. */
public final class RowFunction {

  private static final Object[][] NO_HITS = {};

  private final RowStep step;

  private RowFunction(RowStep step) {
    this.step = step;
  }

  /**
   * Compiles a filter and a projection. Takes some 10 ms.
   *
   * @param row the columns that the expressions read
   * @param condition rows for which it is not TRUE give nothing; null: all rows
   * @throws UnsupportedQueryException if an expression cannot be computed row by row
   */
  public static RowFunction compile(
      RexBuilder rex, RelDataType row, RexNode condition, List<RexNode> projection) {
    List<Step> steps = condition == null ? List.of() : List.of(new Step.Filter(condition));
    return new RowFunction(
        BranchCompiler.compile(new Branch("", steps, row, projection), rex).last());
  }

  /**
   * Compiles a branch that looks up no cache: from the stream's row to the branch's.
   *
   * @throws UnsupportedQueryException as above, and if the branch does look up a cache
   */
  public static RowFunction compile(RexBuilder rex, Branch branch) {
    if (branch.steps().stream().anyMatch(Step.Lookup.class::isInstance)) {
      throw new UnsupportedQueryException("a cache is joined where rows are taken one by one");
    }
    return new RowFunction(BranchCompiler.compile(branch, rex).last());
  }

  /**
   * The projected row, or null when the condition is not TRUE.
   *
   * @throws io.millrace.rows.library.RowException when a value cannot be computed
   */
  public Object[] apply(Object[] row) {
    return step.apply(row, NO_HITS);
  }
}
