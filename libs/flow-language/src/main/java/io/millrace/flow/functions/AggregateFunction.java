package io.millrace.flow.functions;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
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

  /** Arguments are what they are: no text is read as a number. */
  static SqlOperandTypeChecker strict(
      SqlOperandTypeChecker operands, List<SqlTypeFamily> families) {
    return new SqlOperandTypeChecker() {
      @Override
      public boolean checkOperandTypes(SqlCallBinding binding, boolean fail) {
        boolean fits = true;
        for (int i = 0; i < binding.getOperandCount(); i++) {
          fits &=
              OperandTypes.family(families.get(i))
                  .checkSingleOperandType(binding, binding.operand(i), 0, false);
        }
        if (!fits && fail) {
          throw binding.newValidationSignatureError();
        }
        return fits;
      }

      @Override
      public SqlOperandCountRange getOperandCountRange() {
        return operands.getOperandCountRange();
      }

      @Override
      public String getAllowedSignatures(SqlOperator operator, String name) {
        return operands.getAllowedSignatures(operator, name);
      }

      @Override
      public boolean isOptional(int i) {
        return operands.isOptional(i);
      }
    };
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
