package io.millrace.cep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Refusals;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.TaskOutput;
import io.millrace.flow.functions.FunctionDefinition;
import io.millrace.flow.functions.FunctionDefinition.Example;
import io.millrace.flow.functions.MillraceFunctions;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.RowError;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The documented examples of functions over several rows are true: x is 1, 2, 5, NULL, 2 in five
 * rows, one a second.
 */
class AggregateExamplesTest {

  private static final RowType ROW =
      RowType.of(Field.nullable("x", DataType.INT), Field.nullable("ts", DataType.TIMESTAMP));

  private static final List<Integer> VALUES = Arrays.asList(1, 2, 5, null, 2);

  @TestFactory
  Stream<DynamicTest> examples() {
    return MillraceFunctions.aggregates().stream()
        .flatMap(definition -> definition.examples().stream().map(x -> test(definition, x)));
  }

  private static DynamicTest test(FunctionDefinition definition, Example example) {
    return DynamicTest.dynamicTest(
        definition.name() + ": " + example.expression(),
        () -> assertThat(result(example.expression())).isEqualTo(example.result()));
  }

  /** The result of the last row; for LAG, which looks back, that of the first. */
  private static String result(String expression) {
    StatefulQuery query =
        StatefulQuery.compile(
            new QueryCompiler()
                .compileStateful(
                    "SELECT " + expression + " AS v FROM t", Map.of("t", ROW), List.of()));
    Results results = new Results();
    StatefulTask task = query.task(Map.of(), Long.MAX_VALUE / 2, results);
    for (int i = 0; i < VALUES.size(); i++) {
      Object[] row = {VALUES.get(i), i * 1_000_000L};
      task.process("t", List.<Object[]>of(row), new long[] {i * 1_000_000L}, new int[1], results);
    }
    task.advance(Long.MAX_VALUE);
    return text(
        expression.startsWith("LAG") ? results.values.getFirst() : results.values.getLast());
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text + "'";
      case List<?> list ->
          list.stream()
              .map(AggregateExamplesTest::text)
              .collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  private static final class Results implements TaskOutput, Refusals {
    final List<Object> values = new ArrayList<>();

    @Override
    public void row(Object[] row, long time) {
      values.add(row[0]);
    }

    @Override
    public void late(int index, long watermark) {
      throw new AssertionError("late");
    }

    @Override
    public void failed(RowError error) {
      throw new AssertionError(error.toString());
    }
  }
}
