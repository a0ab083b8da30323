package io.millrace.cep.aggregate;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.schemas.type.DataType;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelFieldCollation;

/** Finds the accumulator of a call. */
final class Maker {

  private record Factory(Supplier<Accumulator> maker, boolean retracts, boolean grows)
      implements AccumulatorFactory {
    @Override
    public Accumulator create() {
      return maker.get();
    }
  }

  private final Aggregation call;
  private final List<DataType> types;
  private final boolean sliding;

  Maker(Aggregation call, boolean sliding) {
    this.call = call;
    this.types = Aggregates.types(call);
    this.sliding = sliding;
  }

  AccumulatorFactory make() {
    if (!call.distinct()) {
      return filtered(plain());
    }
    if (isExtreme()) {
      // Equal values make no difference.
      return filtered(plain());
    }
    Columns columns = Columns.of(call);
    Aggregation narrowed = columns.narrowed(call);
    if (!sliding && call.function().equals("COUNT")) {
      int[] arguments = call.arguments().stream().mapToInt(Integer::intValue).toArray();
      return filtered(new Factory(() -> new DistinctCount(arguments), false, true));
    }
    if (!sliding) {
      Factory inner = new Maker(narrowed, false).plain();
      return filtered(new Factory(() -> new Distinct(columns, inner.create()), false, true));
    }
    if (isSymmetric()) {
      Factory inner = new Maker(narrowed, true).plain();
      return filtered(new Factory(() -> new Distinct(columns, inner.create()), true, true));
    }
    Factory inner = new Maker(narrowed, false).plain();
    Columns again = Columns.of(narrowed);
    return filtered(
        new Factory(
            () -> new Recomputed(columns, () -> new Distinct(again, inner.create())), true, true));
  }

  private Factory filtered(Factory factory) {
    int condition = call.filter();
    return condition < 0
        ? factory
        : new Factory(
            () -> new Filtered(condition, factory.create()), factory.retracts(), factory.grows());
  }

  private boolean isExtreme() {
    return switch (call.function()) {
      case "MIN", "MAX", "EVERY", "SOME", "BOOL_AND", "BOOL_OR" -> true;
      default -> false;
    };
  }

  /** Whether rows may leave in another order than the one in which they came. */
  private boolean isSymmetric() {
    return switch (call.function()) {
      case "COUNT", "SUM", "$SUM0", "SUM0", "AVG" -> true;
      default -> false;
    };
  }

  private Factory plain() {
    return switch (call.function()) {
      case "COUNT", "REGR_COUNT" -> {
        int[] columns = call.arguments().stream().mapToInt(Integer::intValue).toArray();
        yield new Factory(() -> new Counted(columns), true, false);
      }
      case "SUM" -> sum(SumKind.SUM);
      case "$SUM0", "SUM0" -> sum(SumKind.SUM_OR_ZERO);
      case "AVG" -> sum(SumKind.AVERAGE);
      case "MAX", "SOME", "BOOL_OR" -> extreme(1);
      case "MIN", "EVERY", "BOOL_AND" -> extreme(-1);
      case "STDDEV_POP" -> spread(false, true);
      case "STDDEV_SAMP", "STDDEV" -> spread(true, true);
      case "VAR_POP" -> spread(false, false);
      case "VAR_SAMP", "VARIANCE" -> spread(true, false);
      case "Z_SCORE" -> zScore();
      case "COVAR_POP",
          "COVAR_SAMP",
          "CORR",
          "REGR_SLOPE",
          "REGR_INTERCEPT",
          "REGR_R2",
          "REGR_AVGX",
          "REGR_AVGY",
          "REGR_SXX",
          "REGR_SYY",
          "REGR_SXY" ->
          pairs();
      case "FORECAST" -> forecast();
      case "EXP_SMOOTHING" -> smoothing();
      case "MEDIAN" -> median();
      case "PERCENTILE", "PERCENTILE_CONT" -> percentile(true);
      case "PERCENTILE_DISC" -> percentile(false);
      case "APPROX_PERCENTILE" -> sketch();
      case "APPROX_COUNT_DISTINCT" -> distinctSketch();
      case "FIRST_VALUE" -> edge(false);
      case "LAST_VALUE" -> edge(true);
      case "ARRAY_AGG" -> gathered(1, 1, Gathered::array);
      case "LISTAGG", "STRING_AGG" -> {
        boolean separated = call.arguments().size() > 1;
        yield gathered(1, 2, rows -> Gathered.text(rows, separated));
      }
      case "SINGLE_VALUE" -> single(true);
      case "LITERAL_AGG", "ANY_VALUE" -> single(false);
      default -> throw unsupported();
    };
  }

  private Factory extreme(int sign) {
    arguments(1);
    int column = call.arguments().getFirst();
    boolean ordered =
        switch (types.getFirst()) {
          case DataType.Primitive p -> p.kind() != DataType.Kind.JSON;
          case DataType.Decimal d -> true;
          default -> false;
        };
    if (!ordered) {
      throw unsupported();
    }
    return sliding
        ? new Factory(() -> new SlidingExtreme(column, sign), true, true)
        : new Factory(() -> new Extreme(column, sign), false, isOfAnySize());
  }

  private Factory sum(SumKind kind) {
    arguments(1);
    int column = call.arguments().getFirst();
    ResultType result = ResultType.of(call);
    if (types.getFirst() instanceof DataType.Decimal) {
      return new Factory(() -> new DecimalSum(column, kind, result), true, false);
    }
    return switch (primitive(0)) {
      case INT, BIGINT -> new Factory(() -> new IntegerSum(column, kind, result), true, false);
      case FLOAT, DOUBLE ->
          sliding
              ? new Factory(() -> new SlidingDoubleSum(column, kind, result), true, false)
              : new Factory(() -> new DoubleSum(column, kind, result), false, false);
      default -> throw unsupported();
    };
  }

  private Factory spread(boolean sample, boolean root) {
    int column = numbers(1)[0];
    SpreadFunction.Kind kind = new SpreadFunction.Kind(sample, root);
    ResultType result = ResultType.of(call);
    return new Factory(() -> new SpreadFunction(column, kind, result, spread()), sliding, false);
  }

  private Factory zScore() {
    int column = numbers(1)[0];
    ResultType result = ResultType.of(call);
    return new Factory(() -> new ZScore(column, result, spread()), sliding, false);
  }

  private Spread spread() {
    return exact() ? new ExactSpread() : new WelfordSpread();
  }

  /** Exact sums of whole numbers are as cheap as others, and people compare them with theirs. */
  private boolean exact() {
    return sliding || types.stream().allMatch(Maker::isWhole);
  }

  private static boolean isWhole(DataType type) {
    return type.equals(DataType.INT) || type.equals(DataType.BIGINT);
  }

  private Factory pairs() {
    int[] columns = numbers(2);
    PairKind kind = PairKind.valueOf(call.function());
    ResultType result = ResultType.of(call);
    return new Factory(
        () -> new PairFunction(columns[0], columns[1], kind, result, newPairs()), sliding, false);
  }

  private Factory forecast() {
    int[] columns = numbers(3);
    ResultType result = ResultType.of(call);
    return new Factory(
        () -> new Forecast(columns[0], columns[1], columns[2], result, newPairs()), sliding, false);
  }

  private Pairs newPairs() {
    return exact() ? new ExactPairs() : new WelfordPairs();
  }

  private Factory smoothing() {
    int[] columns = numbers(2);
    ResultType result = ResultType.of(call);
    return recomputedIfSliding(
        false,
        narrow -> () -> new Smoothing(narrow ? 0 : columns[0], narrow ? 1 : columns[1], result));
  }

  private Factory median() {
    Percentile.Kind kind = new Percentile.Kind(numbers(1)[0], -1, true, false);
    ResultType result = ResultType.of(call);
    return new Factory(() -> new Percentile(kind, result), true, true);
  }

  /** (value, fraction), or (fraction) WITHIN GROUP (ORDER BY value). */
  private Factory percentile(boolean interpolated) {
    DataType given = CalciteTypes.toDataType(call.type());
    ResultType result = interpolated || ResultType.isNumber(given) ? ResultType.of(call) : null;
    Percentile.Kind kind;
    if (call.order().isEmpty()) {
      arguments(2);
      int column = call.arguments().getFirst();
      kind = new Percentile.Kind(column, call.arguments().get(1), interpolated, false);
    } else {
      arguments(1);
      RelFieldCollation order = call.order().getFirst();
      kind =
          new Percentile.Kind(
              order.getFieldIndex(),
              call.arguments().getFirst(),
              interpolated,
              order.direction.isDescending());
    }
    return new Factory(() -> new Percentile(kind, result), true, true);
  }

  private Factory sketch() {
    int[] columns = numbers(2);
    ResultType result = ResultType.of(call);
    return new Factory(
        () -> new QuantileSketch(columns[0], columns[1], result, sliding), sliding, true);
  }

  /** Where rows leave, the values are at hand anyway, and the exact count is as cheap. */
  private Factory distinctSketch() {
    arguments(1);
    int column = call.arguments().getFirst();
    if (!sliding) {
      return new Factory(() -> new DistinctSketch(column), false, true);
    }
    Columns columns = Columns.of(call);
    return new Factory(() -> new Distinct(columns, new Counted(new int[] {0})), true, true);
  }

  private Factory edge(boolean last) {
    arguments(1);
    int column = call.arguments().getFirst();
    return sliding
        ? new Factory(() -> new SlidingEdge(column, last), true, true)
        : new Factory(() -> new Edge(column, last), false, isOfAnySize());
  }

  private Factory gathered(int least, int most, Function<List<Object[]>, Object> function) {
    if (call.arguments().size() < least || call.arguments().size() > most) {
      throw unsupported();
    }
    Columns columns = Columns.of(call);
    Aggregation narrowed = columns.narrowed(call);
    Columns again = Columns.of(narrowed);
    Comparator<Object[]> order = Order.of(narrowed.order());
    return recomputedIfSliding(
        true, narrow -> () -> new Gathered(narrow ? again : columns, order, function));
  }

  private Factory single(boolean strict) {
    arguments(1);
    int column = call.arguments().getFirst();
    return recomputedIfSliding(
        isOfAnySize(), narrow -> () -> new Single(narrow ? 0 : column, strict));
  }

  /**
   * For functions that rows cannot leave.
   *
   * @param grows whether what they make takes more heap with each row
   * @param maker of accumulators over the whole row, or, when true, over the needed columns alone
   */
  private Factory recomputedIfSliding(
      boolean grows, Function<Boolean, Supplier<Accumulator>> maker) {
    if (!sliding) {
      return new Factory(maker.apply(false), false, grows);
    }
    Columns columns = Columns.of(call);
    Supplier<Accumulator> narrow = maker.apply(true);
    return new Factory(() -> new Recomputed(columns, narrow), true, true);
  }

  /** Whether values of the first argument can take more heap than a DOUBLE. */
  private boolean isOfAnySize() {
    return switch (types.getFirst()) {
      case DataType.Primitive p ->
          switch (p.kind()) {
            case STRING, BYTES, JSON -> true;
            default -> false;
          };
      default -> true;
    };
  }

  /** The columns of arguments that have to be numbers. */
  private int[] numbers(int count) {
    arguments(count);
    if (!types.stream().allMatch(ResultType::isNumber)) {
      throw unsupported();
    }
    return call.arguments().stream().mapToInt(Integer::intValue).toArray();
  }

  private DataType.Kind primitive(int argument) {
    if (types.get(argument) instanceof DataType.Primitive primitive) {
      return primitive.kind();
    }
    throw unsupported();
  }

  private void arguments(int count) {
    if (call.arguments().size() != count) {
      throw unsupported();
    }
  }

  private UnsupportedQueryException unsupported() {
    return new UnsupportedQueryException(
        "there is no aggregate function %s(%s)"
            .formatted(
                call.function(), String.join(", ", types.stream().map(DataType::sql).toList())));
  }
}
