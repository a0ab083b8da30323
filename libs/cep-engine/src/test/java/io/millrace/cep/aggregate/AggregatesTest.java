package io.millrace.cep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.cep.Nodes;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.RowException;
import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AggregatesTest {

  private static final DataType DECIMAL = DataType.decimal(10, 2);

  private static final Node INPUT =
      Nodes.leaf(
          DataType.INT,
          DataType.BIGINT,
          DataType.DOUBLE,
          DECIMAL,
          DataType.STRING,
          DataType.BOOLEAN,
          DataType.DOUBLE,
          DataType.FLOAT);

  private static final int INT = 0;
  private static final int BIGINT = 1;
  private static final int DOUBLE = 2;
  private static final int DEC = 3;
  private static final int TEXT = 4;
  private static final int FLAG = 5;
  private static final int FRACTION = 6;
  private static final int FLOAT = 7;

  private static Aggregation call(String function, DataType type, Integer... arguments) {
    return Nodes.call(INPUT, function, type, arguments);
  }

  private static Aggregation ordered(Aggregation call, int column, Direction direction) {
    return new Aggregation(
        call.function(),
        call.arguments(),
        call.argumentTypes(),
        call.distinct(),
        call.filter(),
        List.of(new RelFieldCollation(column, direction)),
        call.type());
  }

  private static Object of(Aggregation call, Object[]... rows) {
    Accumulator accumulator = Aggregates.factory(call).create();
    for (Object[] row : rows) {
      accumulator.add(row);
    }
    return accumulator.result();
  }

  private static Object[] ints(Integer value) {
    return new Object[] {value, value == null ? null : (long) value, null, null, null, null, 0.5};
  }

  private static Object[] doubles(Double y, Double x) {
    return new Object[] {null, null, y, null, null, null, x, null};
  }

  private static Object[][] numbers(double... values) {
    Object[][] rows = new Object[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = doubles(values[i], 0.5);
    }
    return rows;
  }

  @Test
  void nullsDoNotCountAndNothingIsNull() {
    assertThat(of(call("COUNT", DataType.BIGINT), ints(1), ints(null))).isEqualTo(2L);
    assertThat(of(call("COUNT", DataType.BIGINT, INT), ints(1), ints(null))).isEqualTo(1L);
    assertThat(of(call("COUNT", DataType.BIGINT, INT))).isEqualTo(0L);
    assertThat(of(call("SUM", DataType.INT, INT), ints(null))).isNull();
    assertThat(of(call("$SUM0", DataType.INT, INT), ints(null))).isEqualTo(0);
    assertThat(of(call("AVG", DataType.INT, INT), ints(-5), ints(null), ints(2))).isEqualTo(-1);
    assertThat(of(call("MIN", DataType.INT, INT), ints(3), ints(null), ints(2))).isEqualTo(2);
    assertThat(of(call("MAX", DataType.INT, INT))).isNull();
  }

  @Test
  void distinctTakesEqualArgumentsOnce() {
    Object[] row = {1, 1L, 0.5, null, "a"};
    Object[] same = {1, 2L, 0.5, null, "a"};
    Object[] other = {2, 2L, 0.5, null, "a"};
    Object[] none = {null, 2L, 0.5, null, "a"};
    assertThat(of(Nodes.distinct(call("COUNT", DataType.BIGINT, INT)), row, same, other, none))
        .isEqualTo(2L);
    assertThat(
            of(Nodes.distinct(call("COUNT", DataType.BIGINT, INT, TEXT)), row, same, other, none))
        .isEqualTo(2L);
    assertThat(of(Nodes.distinct(call("SUM", DataType.BIGINT, INT)), row, same, other, none))
        .isEqualTo(3L);
  }

  @Test
  void sumsOfWholeNumbersAreExactUntilTheResultDoesNotFit() {
    Object[] most = {0, Long.MAX_VALUE};
    Object[] one = {0, 1L};
    Object[] less = {0, -1L};
    Aggregation sum = call("SUM", DataType.BIGINT, BIGINT);
    assertThat(of(sum, most, one, less)).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> of(sum, most, one))
        .isInstanceOf(RowException.class)
        .hasMessage("the result of SUM does not fit BIGINT");
    assertThat(of(call("AVG", DataType.BIGINT, BIGINT), most, most, most))
        .isEqualTo(Long.MAX_VALUE);
    Object[] lowest = {0, Long.MIN_VALUE};
    assertThat(of(call("AVG", DataType.BIGINT, BIGINT), lowest, lowest, lowest))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void decimalsAreExactAndRoundedHalfUp() {
    Object[][] rows = {
      {0, 0L, 0.0, new BigDecimal("0.10")},
      {0, 0L, 0.0, new BigDecimal("0.20")},
      {0, 0L, 0.0, new BigDecimal("0.20")}
    };
    assertThat(of(call("SUM", DataType.decimal(38, 2), DEC), rows))
        .isEqualTo(new BigDecimal("0.50"));
    assertThat(of(call("AVG", DataType.decimal(38, 6), DEC), rows))
        .isEqualTo(new BigDecimal("0.166667"));
    assertThatThrownBy(() ->
            of(
                call("SUM", DataType.decimal(3, 2), DEC),
                new Object[] {0, 0L, 0.0, new BigDecimal("9.99")},
                new Object[] {0, 0L, 0.0, new BigDecimal("0.01")}))
        .hasMessage("the result of SUM does not fit DECIMAL(3, 2)");
  }

  @Test
  void sumsOfDoublesLoseNothingSmall() {
    Aggregation sum = call("SUM", DataType.DOUBLE, DOUBLE);
    assertThat(of(sum, numbers(1, 1e100, 1, -1e100))).isEqualTo(2.0);
    assertThat(of(sum, numbers(1, Double.POSITIVE_INFINITY))).isEqualTo(Double.POSITIVE_INFINITY);
    Accumulator sliding = Aggregates.sliding(sum).create();
    for (Object[] row : numbers(Double.NaN, 1e308, 1e308, 0.1, 0.2)) {
      sliding.add(row);
    }
    assertThat(sliding.result()).isEqualTo(Double.NaN);
    sliding.retract(doubles(Double.NaN, null));
    assertThat(sliding.result()).isEqualTo(Double.POSITIVE_INFINITY);
    sliding.retract(doubles(1e308, null));
    assertThat(sliding.result()).isEqualTo(1e308);
    sliding.retract(doubles(1e308, null));
    assertThat(sliding.result()).isEqualTo(0.1 + 0.2);
  }

  @Test
  void spreadsOfAFewNumbers() {
    Object[][] rows = numbers(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(of(call("STDDEV_POP", DataType.DOUBLE, DOUBLE), rows)).isEqualTo(2.0);
    assertThat(of(call("VAR_POP", DataType.DOUBLE, DOUBLE), rows)).isEqualTo(4.0);
    assertThat((double) of(call("VAR_SAMP", DataType.DOUBLE, DOUBLE), rows))
        .isCloseTo(32.0 / 7, within(1e-12));
    assertThat(of(call("Z_SCORE", DataType.DOUBLE, DOUBLE), rows)).isEqualTo(2.0);
    assertThat(of(call("STDDEV_SAMP", DataType.DOUBLE, DOUBLE), numbers(1))).isNull();
    assertThat(of(call("STDDEV_POP", DataType.DOUBLE, DOUBLE), numbers(1))).isEqualTo(0.0);
    assertThat(of(call("Z_SCORE", DataType.DOUBLE, DOUBLE), numbers(1, 1))).isNull();
  }

  @Test
  void aFarMeanDoesNotBlurTheVariance() {
    Object[][] rows = numbers(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
    Aggregation variance = call("VAR_SAMP", DataType.DOUBLE, DOUBLE);
    assertThat((double) of(variance, rows)).isCloseTo(30, within(1e-9));
    Accumulator sliding = Aggregates.sliding(variance).create();
    sliding.add(doubles(1e300, null));
    for (Object[] row : rows) {
      sliding.add(row);
    }
    sliding.retract(doubles(1e300, null));
    assertThat((double) sliding.result()).isEqualTo(30);
  }

  @Test
  void linesThroughPairs() {
    Object[][] line = {doubles(3.0, 1.0), doubles(5.0, 2.0), doubles(7.0, 3.0)};
    assertThat(of(call("REGR_SLOPE", DataType.DOUBLE, DOUBLE, FRACTION), line)).isEqualTo(2.0);
    assertThat(of(call("REGR_INTERCEPT", DataType.DOUBLE, DOUBLE, FRACTION), line)).isEqualTo(1.0);
    assertThat((double) of(call("REGR_R2", DataType.DOUBLE, DOUBLE, FRACTION), line))
        .isCloseTo(1, within(1e-12));
    assertThat((double) of(call("CORR", DataType.DOUBLE, DOUBLE, FRACTION), line))
        .isCloseTo(1, within(1e-12));
    assertThat((double) of(call("COVAR_POP", DataType.DOUBLE, DOUBLE, FRACTION), line))
        .isCloseTo(4.0 / 3, within(1e-12));
    assertThat(of(call("COVAR_SAMP", DataType.DOUBLE, DOUBLE, FRACTION), line)).isEqualTo(2.0);
    Node input = Nodes.leaf(DataType.DOUBLE, DataType.DOUBLE, DataType.INT);
    assertThat(
            of(
                Nodes.call(input, "FORECAST", DataType.DOUBLE, 0, 1, 2),
                new Object[] {3.0, 1.0, 10},
                new Object[] {5.0, 2.0, 10},
                new Object[] {null, 2.0, 11}))
        .isEqualTo(23.0);
    assertThat(of(call("CORR", DataType.DOUBLE, DOUBLE, FRACTION), line[0], line[0])).isNull();
  }

  @Test
  void percentiles() {
    Object[][] rows = numbers(15, 20, 35, 40, 50);
    for (Object[] row : rows) {
      row[FRACTION] = 0.4;
    }
    assertThat(of(call("MEDIAN", DataType.DOUBLE, DOUBLE), rows)).isEqualTo(35.0);
    assertThat((double) of(call("PERCENTILE", DataType.DOUBLE, DOUBLE, FRACTION), rows))
        .isCloseTo(29, within(1e-9));
    Aggregation continuous = call("PERCENTILE_CONT", DataType.DOUBLE, FRACTION);
    assertThat((double) of(ordered(continuous, DOUBLE, Direction.ASCENDING), rows))
        .isCloseTo(29, within(1e-9));
    assertThat((double) of(ordered(continuous, DOUBLE, Direction.DESCENDING), rows))
        .isCloseTo(37, within(1e-9));
    Aggregation discrete = call("PERCENTILE_DISC", DataType.DOUBLE, FRACTION);
    assertThat(of(ordered(discrete, DOUBLE, Direction.ASCENDING), rows)).isEqualTo(20.0);
    assertThat(of(ordered(discrete, DOUBLE, Direction.DESCENDING), rows)).isEqualTo(40.0);
    rows[0][FRACTION] = 1.5;
    assertThatThrownBy(() -> of(call("PERCENTILE", DataType.DOUBLE, DOUBLE, FRACTION), rows))
        .hasMessage("the fraction of a percentile has to be 0 to 1");
  }

  @Test
  void sketchesAreNearTheTruth() {
    Random random = new Random(7);
    double[] values = new double[20_000];
    Accumulator quantile =
        Aggregates.factory(call("APPROX_PERCENTILE", DataType.DOUBLE, DOUBLE, FRACTION)).create();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(4 * random.nextGaussian()) * (random.nextInt(3) - 1);
      quantile.add(doubles(values[i], 0.9));
    }
    java.util.Arrays.sort(values);
    double exact = values[(int) (0.9 * (values.length - 1))];
    assertThat((double) quantile.result()).isCloseTo(exact, within(0.0101 * exact));
    for (int count : new int[] {100, 1000, 5_000, 100_000, 1_000_000}) {
      Accumulator distinct =
          Aggregates.factory(call("APPROX_COUNT_DISTINCT", DataType.BIGINT, BIGINT)).create();
      for (int i = 0; i < count; i++) {
        distinct.add(new Object[] {0, (long) i});
        distinct.add(new Object[] {0, (long) i / 2});
      }
      long error = count <= 1000 ? 0 : count * 25L / 1000;
      assertThat((long) distinct.result()).isBetween(count - error, count + error);
    }
  }

  @Test
  void listsAndTexts() {
    Object[][] rows = {
      {3, 0L, 0.0, null, "c"},
      {1, 0L, 0.0, null, null},
      {2, 0L, 0.0, null, "b"},
      {3, 0L, 0.0, null, "c"}
    };
    Aggregation text = call("LISTAGG", DataType.STRING, TEXT);
    assertThat(of(text, rows)).isEqualTo("c,b,c");
    assertThat(of(ordered(text, INT, Direction.ASCENDING), rows)).isEqualTo("b,c,c");
    assertThat(of(Nodes.distinct(text), rows)).isEqualTo("c,b");
    assertThat(of(ordered(Nodes.distinct(text), INT, Direction.ASCENDING), rows)).isEqualTo("b,c");
    Aggregation array = call("ARRAY_AGG", DataType.array(DataType.INT), INT);
    assertThat(of(array, rows)).isEqualTo(List.of(3, 1, 2, 3));
    assertThat(of(ordered(array, INT, Direction.DESCENDING), rows)).isEqualTo(List.of(3, 3, 2, 1));
    assertThat(of(call("FIRST_VALUE", DataType.STRING, TEXT), rows)).isEqualTo("c");
    assertThat(of(call("LAST_VALUE", DataType.INT, INT), rows)).isEqualTo(3);
  }

  @Test
  void theFirstValueIsSmoothedByThoseAfterIt() {
    Aggregation smoothing = call("EXP_SMOOTHING", DataType.DOUBLE, DOUBLE, FRACTION);
    assertThat(of(smoothing, numbers(4, 8, 2))).isEqualTo(4.0);
  }

  @Test
  void unknownFunctionsAreSaidToBeSo() {
    assertThatThrownBy(() -> Aggregates.factory(call("SUM", DataType.STRING, TEXT)))
        .isInstanceOf(UnsupportedQueryException.class);
    assertThatThrownBy(() -> Aggregates.factory(call("GUESS", DataType.INT, INT)))
        .isInstanceOf(UnsupportedQueryException.class)
        .hasMessage("there is no aggregate function GUESS(INT)");
  }

  static Stream<Aggregation> calls() {
    List<Aggregation> calls = new ArrayList<>();
    calls.add(call("COUNT", DataType.BIGINT));
    calls.add(call("COUNT", DataType.BIGINT, INT, TEXT));
    for (String function : List.of("SUM", "MIN", "MAX", "AVG", "MEDIAN")) {
      calls.add(call(function, DataType.INT, INT));
      calls.add(call(function, DataType.BIGINT, BIGINT));
      calls.add(call(function, DataType.DOUBLE, DOUBLE));
      calls.add(call(function, DataType.decimal(38, 6), DEC));
      calls.add(call(function, DataType.FLOAT, FLOAT));
    }
    for (String function :
        List.of(
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VAR_POP",
            "VAR_SAMP",
            "Z_SCORE",
            "FIRST_VALUE",
            "LAST_VALUE")) {
      calls.add(call(function, DataType.DOUBLE, DOUBLE));
      calls.add(call(function, DataType.INT, INT));
    }
    for (String function :
        List.of(
            "CORR",
            "COVAR_POP",
            "COVAR_SAMP",
            "REGR_SLOPE",
            "REGR_INTERCEPT",
            "REGR_R2",
            "PERCENTILE",
            "APPROX_PERCENTILE",
            "EXP_SMOOTHING",
            "REGR_SXX",
            "REGR_AVGX")) {
      calls.add(call(function, DataType.DOUBLE, DOUBLE, FRACTION));
    }
    calls.add(call("FORECAST", DataType.DOUBLE, DOUBLE, FRACTION, INT));
    calls.add(call("APPROX_COUNT_DISTINCT", DataType.BIGINT, INT));
    calls.add(call("MIN", DataType.STRING, TEXT));
    calls.add(call("EVERY", DataType.BOOLEAN, FLAG));
    calls.add(call("LISTAGG", DataType.STRING, TEXT));
    calls.add(call("ARRAY_AGG", DataType.array(DataType.INT), INT));
    calls.add(ordered(call("LISTAGG", DataType.STRING, TEXT, TEXT), BIGINT, Direction.DESCENDING));
    calls.add(
        ordered(call("PERCENTILE_CONT", DataType.DOUBLE, FRACTION), INT, Direction.ASCENDING));
    calls.add(ordered(call("PERCENTILE_DISC", DataType.INT, FRACTION), INT, Direction.DESCENDING));
    calls.add(call("ANY_VALUE", DataType.INT, INT));
    List<Aggregation> all = new ArrayList<>(calls);
    calls.forEach(c -> all.add(Nodes.filtered(c, FLAG)));
    calls.forEach(c -> all.add(Nodes.distinct(c)));
    return all.stream();
  }

  private static Object[] random(Random random) {
    boolean hole = random.nextInt(6) == 0;
    int n = random.nextInt(20) - 8;
    return new Object[] {
      hole ? null : n,
      random.nextInt(6) == 0 ? null : (long) random.nextInt(9),
      random.nextInt(6) == 0 ? null : random.nextInt(30) / 7.0 * (random.nextBoolean() ? 1 : 1e5),
      random.nextInt(6) == 0 ? null : BigDecimal.valueOf(random.nextInt(1000), 2),
      random.nextInt(6) == 0 ? null : "t" + random.nextInt(5),
      random.nextInt(6) == 0 ? null : random.nextBoolean(),
      0.25 + random.nextInt(3) / 4.0,
      random.nextInt(6) == 0 ? null : random.nextInt(30) / 4.0f
    };
  }

  private static Accumulator moved(AccumulatorFactory factory, Accumulator accumulator) {
    StateWriter out = new StateWriter();
    accumulator.save(out);
    Accumulator moved = factory.create();
    moved.restore(new StateReader(out.toBytes()));
    if (factory.grows()) {
      // Buckets that were made for values which have left are not made again.
      assertThat(moved.heap()).isBetween(40L, accumulator.heap() * 2);
    } else {
      assertThat(moved.heap()).isEqualTo(accumulator.heap()).isEqualTo(factory.create().heap());
    }
    return moved;
  }

  private static void same(Object actual, Object expected, Aggregation call) {
    if (actual instanceof Number a
        && expected instanceof Number e
        && !(actual instanceof BigDecimal)
        && (actual instanceof Double || actual instanceof Float)) {
      double part =
          call.function().startsWith("APPROX") ? 0.0101 : actual instanceof Float ? 1e-6 : 1e-9;
      assertThat(a.doubleValue())
          .as(call.function())
          .isCloseTo(e.doubleValue(), within(part * Math.max(1, Math.abs(e.doubleValue()))));
    } else {
      assertThat(actual).as(call.function()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void partsMergedAndMovedAreLikeTheWhole(Aggregation call) {
    AccumulatorFactory factory = Aggregates.factory(call);
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Accumulator whole = factory.create();
      Accumulator merged = factory.create();
      for (int part = 0; part < 4; part++) {
        Accumulator piece = factory.create();
        int rows = random.nextInt(12);
        for (int i = 0; i < rows; i++) {
          Object[] row = random(random);
          whole.add(row);
          piece.add(row);
          if (random.nextInt(8) == 0) {
            piece = moved(factory, piece);
          }
        }
        merged.merge(piece);
        same(merged.result(), whole.result(), call);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aFrameForgetsTheRowsThatLeft(Aggregation call) {
    AccumulatorFactory factory = Aggregates.sliding(call);
    assertThat(factory.retracts()).isTrue();
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Deque<Object[]> frame = new ArrayDeque<>();
      Accumulator sliding = factory.create();
      for (int i = 0; i < 80; i++) {
        Object[] row = random(random);
        frame.add(row);
        sliding.add(row);
        while (frame.size() > 1 && random.nextInt(3) > 0) {
          sliding.retract(frame.removeFirst());
        }
        if (random.nextInt(8) == 0) {
          sliding = moved(factory, sliding);
        }
        Accumulator fresh = factory.create();
        frame.forEach(fresh::add);
        assertThat(sliding.result()).as(call.function()).isEqualTo(fresh.result());
        Accumulator growing = Aggregates.factory(call).create();
        frame.forEach(growing::add);
        same(sliding.result(), growing.result(), call);
      }
      while (!frame.isEmpty()) {
        sliding.retract(frame.removeFirst());
      }
      if (!call.function().startsWith("APPROX_PERC")) {
        assertThat(sliding.heap()).as(call.function()).isEqualTo(factory.create().heap());
      }
    }
  }
}
