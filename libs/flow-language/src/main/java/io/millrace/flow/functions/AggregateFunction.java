package io.millrace.flow.functions;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/** An aggregate function of the language as the validator sees it. */
final class AggregateFunction extends SqlAggFunction {

  private final boolean percentile;

  /**
   * @param percentile whether it has one argument, a fraction, and WITHIN GROUP (ORDER BY value)
   */
  AggregateFunction(
      String name,
      SqlKind kind,
      SqlReturnTypeInference result,
      SqlOperandTypeChecker operands,
      boolean percentile) {
    super(
        name,
        null,
        kind,
        result,
        null,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        percentile ? Optionality.MANDATORY : Optionality.FORBIDDEN);
    this.percentile = percentile;
  }

  @Override
  public boolean isPercentile() {
    return percentile;
  }

  @Override
  public boolean allowsFilter() {
    return true;
  }
}
