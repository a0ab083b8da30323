package io.millrace.flow.query;

import io.millrace.flow.functions.MillraceFunctions;
import io.millrace.flow.type.FlowTypeFactory;
import java.util.List;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

/** Calcite's validator with the language's functions and conformance. */
final class FlowValidator extends SqlValidatorImpl {

  static final SqlOperatorTable OPERATORS = new Operators(MillraceFunctions.operatorTable());

  static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.LENIENT) {
        @Override
        public boolean checkedArithmetic() {
          return true;
        }
      };

  FlowValidator(QueryCatalog catalog, FlowTypeFactory types) {
    super(
        SqlOperatorTables.chain(OPERATORS, SqlOperatorTables.of(catalog.predict())),
        catalog,
        types,
        Config.DEFAULT
            .withConformance(CONFORMANCE)
            .withIdentifierExpansion(true)
            // NULL is below all values, as Flink SQL has it.
            .withDefaultNullCollation(NullCollation.LOW));
  }

  @Override
  public SqlNode validate(SqlNode query) {
    return super.validate(OwnPercentiles.rewrite(Rewriting.of(query)));
  }

  /** Finds COUNT, whose syntax is one of its own, and ARRAY_AGG, which is a keyword, as well. */
  private record Operators(SqlOperatorTable all) implements SqlOperatorTable {

    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      all.lookupOperatorOverloads(name, category, syntax, found, matcher);
      if (found.isEmpty() && syntax == SqlSyntax.FUNCTION) {
        all.lookupOperatorOverloads(name, category, SqlSyntax.FUNCTION_STAR, found, matcher);
      }
      if (found.isEmpty() && category == SqlFunctionCategory.SYSTEM) {
        all.lookupOperatorOverloads(
            name, SqlFunctionCategory.USER_DEFINED_FUNCTION, syntax, found, matcher);
      }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return all.getOperatorList();
    }
  }
}
