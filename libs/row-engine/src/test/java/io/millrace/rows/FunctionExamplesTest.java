package io.millrace.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.functions.FunctionDefinition;
import io.millrace.flow.functions.FunctionDefinition.Example;
import io.millrace.flow.functions.MillraceFunctions;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every function of the language is implemented, and its documented examples are true. */
class FunctionExamplesTest {

  @Test
  void everyFunctionHasADescriptionAndAnExample() {
    assertThat(MillraceFunctions.definitions())
        .isNotEmpty()
        .allSatisfy(d -> {
          assertThat(d.description()).as(d.name()).isNotBlank();
          assertThat(d.examples()).as(d.name()).isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> examples() {
    return MillraceFunctions.definitions().stream()
        .flatMap(d -> d.examples().stream().map(x -> test(d, x)));
  }

  private static DynamicTest test(FunctionDefinition definition, Example example) {
    return DynamicTest.dynamicTest(
        definition.name() + ": " + example.expression(),
        () -> assertThat(result(example.expression())).isEqualTo(example.result()));
  }

  private static String result(String expression) {
    var compiled =
        new QueryCompiler()
            .compile(
                "SELECT " + expression + " AS v FROM t", Map.of("t", Expressions.ROW), List.of());
    List<Object> results = new ArrayList<>();
    StatelessQuery.compile(compiled)
        .process(
            "t",
            List.<Object[]>of(Expressions.nulls()),
            CacheReader.NONE,
            Expressions.sink(results));
    return text(results.getFirst(), compiled.output().field(0).type());
  }

  private static String text(Object value, DataType type) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    if (type.equals(DataType.TIMESTAMP)) {
      return io.millrace.rows.library.TimeTexts.timestampText((Long) value);
    }
    if (type.equals(DataType.DATE)) {
      return io.millrace.rows.library.TimeTexts.dateText((Integer) value);
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
