package io.millrace.flow.functions;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;

/** LAG, which is NULL where the earlier value is, whatever the default. */
final class LagFunction extends SqlLeadLagAggFunction {

  LagFunction() {
    super(SqlKind.LAG);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    return binding.getTypeFactory().createTypeWithNullability(binding.getOperandType(0), true);
  }
}
