package io.millrace.flow.functions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlMatchFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * The functions and operators of the language.
 *
 * <p>What can be computed row by row is exactly what is defined here; row-engine implements every
 * one of them and a test of it proves that. Beside them the validator knows standard SQL's
 * operators of other kinds (aggregates, windows, pattern matching), which belong to other stages.
 */
public final class MillraceFunctions {

  private static final Set<String> PATTERN_NAVIGATION = Set.of("FIRST", "NEXT", "MATCH_NUMBER");
  private static final List<FunctionDefinition> DEFINITIONS = define();
  private static final List<FunctionDefinition> AGGREGATES = AggregateChapter.definitions();

  /** What is known so that it can be refused with a message of its own. */
  private static final Set<String> REFUSED_WINDOW_FUNCTIONS =
      Set.of("LEAD", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "NTH_VALUE");

  private static final SqlOperatorTable TABLE = SqlOperatorTables.of(operators());

  private MillraceFunctions() {}

  /** Every function and operator, by category and in the order of the reference. */
  public static List<FunctionDefinition> definitions() {
    return DEFINITIONS;
  }

  /** Every function over several rows, in the order of the reference. */
  public static List<FunctionDefinition> aggregates() {
    return AGGREGATES;
  }

  /** Names and types for the validator; names match in any case. What they do is row-engine's. */
  public static SqlOperatorTable operatorTable() {
    return TABLE;
  }

  private static List<FunctionDefinition> define() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.addAll(OperatorChapter.definitions());
    all.addAll(TextChapter.definitions());
    all.addAll(NumberChapter.definitions());
    all.addAll(TimeChapter.definitions());
    all.addAll(JsonChapter.definitions());
    all.addAll(CollectionChapter.definitions());
    all.addAll(SecrecyChapter.definitions());
    all.addAll(GeographyChapter.definitions());
    return List.copyOf(all);
  }

  private static Set<SqlOperator> operators() {
    Set<SqlOperator> operators = new LinkedHashSet<>();
    DEFINITIONS.forEach(d -> operators.addAll(d.operators()));
    AGGREGATES.forEach(d -> operators.addAll(d.operators()));
    operators.addAll(WindowFunction.ALL);
    Set<String> defined =
        operators.stream()
            .filter(SqlFunction.class::isInstance)
            .map(o -> o.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (SqlOperator operator : SqlStdOperatorTable.instance().getOperatorList()) {
      boolean scalarFunction =
          operator instanceof SqlFunction
              && !(operator instanceof SqlAggFunction)
              && !(operator instanceof SqlTableFunction)
              && !(operator instanceof SqlMatchFunction)
              && !PATTERN_NAVIGATION.contains(operator.getName())
              && !operator.isAggregator()
              && !operator.isGroup()
              && !operator.isGroupAuxiliary();
      boolean unknownAggregate =
          operator.isAggregator() && !REFUSED_WINDOW_FUNCTIONS.contains(operator.getName());
      if (!scalarFunction
          && !unknownAggregate
          && !defined.contains(operator.getName().toUpperCase(Locale.ROOT))) {
        operators.add(operator);
      }
    }
    return operators;
  }
}
