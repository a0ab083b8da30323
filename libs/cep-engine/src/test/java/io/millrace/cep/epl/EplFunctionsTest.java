package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says can be called, called. */
class EplFunctionsTest {

  static Stream<Arguments> aggregates() {
    return Stream.of(
        Arguments.of("sum(quantity)", "BIGINT", "6"),
        Arguments.of("avg(weight)", "DOUBLE", "2.0"),
        Arguments.of("count(id)", "BIGINT", "3"),
        Arguments.of("min(Product)", "STRING", "a"),
        Arguments.of("max(price)", "DECIMAL", "3.50"),
        Arguments.of("median(quantity)", "DOUBLE", "2.0"),
        Arguments.of("stddev(quantity)", "DOUBLE", "1.0"),
        Arguments.of("avedev(quantity)", "DOUBLE", "0.6666666666666666"),
        Arguments.of("first(id)", "INT", "1"),
        Arguments.of("last(id)", "INT", "3"),
        Arguments.of("nth(id, 1)", "INT", "2"),
        Arguments.of("window(id)", "INTS", "[1, 2, 3]"),
        Arguments.of("window(*).countOf(o => o.quantity > 1)", "INT", "2"),
        Arguments.of("window(*).firstOf(o => o.quantity > 1).id", "INT", "2"),
        Arguments.of("window(*).selectFrom(o => o.id)", "INTS", "[1, 2, 3]"),
        Arguments.of("sum(quantity, filter: id > 1)", "BIGINT", "5"),
        Arguments.of("prev(1, id)", "INT", "2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aggregates")
  void aggregate(String call, String type, String expected) throws EplException {
    EplRun run =
        EplRun.of(
            "select " + call + " as x from Orders#time(1 min)", HorizonTest.columns("x " + type));
    for (int i = 1; i <= 3; i++) {
      run.send(
          "Orders",
          i,
          i,
          List.of("a", "b", "c").get(i - 1),
          (long) i,
          BigDecimal.valueOf(i * 100L + 50, 2),
          (double) i,
          0L);
    }
    run.until(4);
    assertThat(run.failures).isEmpty();
    assertThat(run.rows.getLast()).isEqualTo("3.0 [" + expected + "]");
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("Product.toUpperCase()", "STRING", "ABCD"),
        Arguments.of("Product.substring(1, 3)", "STRING", "bc"),
        Arguments.of("Product.length()", "INT", "4"),
        Arguments.of("Product || '-' || Product", "STRING", "abcd-abcd"),
        Arguments.of("case when Product like 'ab%' then 1 else 2 end", "INT", "1"),
        Arguments.of("case when Product.startsWith('b') then 1 else 2 end", "INT", "2"),
        Arguments.of("coalesce(null, id)", "INT", "5"),
        Arguments.of("cast(quantity, int)", "INT", "7"),
        Arguments.of("cast(id, string)", "STRING", "5"),
        Arguments.of("cast(price, double)", "DOUBLE", "2.5"),
        Arguments.of("id % 3", "INT", "2"),
        Arguments.of("max(id, quantity)", "BIGINT", "7"),
        Arguments.of("at.getHourOfDay()", "INT", "1"),
        Arguments.of("at.getDayOfWeek()", "INT", "5"),
        Arguments.of("at.plus(1 hour)", "TIMESTAMP", "7200000001"),
        Arguments.of("at.minus(1 min).getMinuteOfHour()", "INT", "59"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void value(String call, String type, String expected) throws EplException {
    EplRun run =
        EplRun.of("select " + call + " as x from Orders", HorizonTest.columns("x " + type));
    run.send("Orders", 1, 5, "abcd", 7L, new BigDecimal("2.50"), 1.0, 3_600_000_001L);
    run.until(2);
    assertThat(run.failures).isEmpty();
    assertThat(run.rows).containsExactly("1.0 [" + expected + "]");
  }
}
