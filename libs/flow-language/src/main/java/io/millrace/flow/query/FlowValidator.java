package io.millrace.flow.query;

import io.millrace.flow.functions.MillraceFunctions;
import io.millrace.flow.type.FlowTypeFactory;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

/** Calcite's validator with the language's functions and conformance. */
final class FlowValidator extends SqlValidatorImpl {

  static final SqlOperatorTable OPERATORS = MillraceFunctions.operatorTable();

  static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.LENIENT) {
        @Override
        public boolean checkedArithmetic() {
          return true;
        }
      };

  FlowValidator(QueryCatalog catalog, FlowTypeFactory types) {
    super(
        OPERATORS,
        catalog,
        types,
        Config.DEFAULT.withConformance(CONFORMANCE).withIdentifierExpansion(true));
  }
}
