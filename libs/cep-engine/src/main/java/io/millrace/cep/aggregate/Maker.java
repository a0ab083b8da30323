package io.millrace.cep.aggregate;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.schemas.type.DataType;
import java.util.List;
import java.util.function.Supplier;

/** Finds the accumulator of a call. */
final class Maker {

  private record Factory(Supplier<Accumulator> maker, boolean retracts)
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
    if (!sliding) {
      Factory inner = new Maker(narrowed, false).plain();
      return filtered(new Factory(() -> new Distinct(columns, inner.create()), false));
    }
    if (isSymmetric()) {
      Factory inner = new Maker(narrowed, true).plain();
      return filtered(new Factory(() -> new Distinct(columns, inner.create()), true));
    }
    Factory inner = new Maker(narrowed, false).plain();
    Columns again = Columns.of(narrowed);
    return filtered(
        new Factory(
            () -> new Recomputed(columns, () -> new Distinct(again, inner.create())), true));
  }

  private Factory filtered(Factory factory) {
    int condition = call.filter();
    return condition < 0
        ? factory
        : new Factory(() -> new Filtered(condition, factory.create()), factory.retracts());
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
      case "COUNT" -> {
        int[] columns = call.arguments().stream().mapToInt(Integer::intValue).toArray();
        yield new Factory(() -> new Counted(columns), true);
      }
      case "SUM" -> sum(SumKind.SUM);
      case "$SUM0", "SUM0" -> sum(SumKind.SUM_OR_ZERO);
      case "AVG" -> sum(SumKind.AVERAGE);
      case "MAX", "SOME", "BOOL_OR" -> extreme(1);
      case "MIN", "EVERY", "BOOL_AND" -> extreme(-1);
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
        ? new Factory(() -> new SlidingExtreme(column, sign), true)
        : new Factory(() -> new Extreme(column, sign), false);
  }

  private Factory sum(SumKind kind) {
    arguments(1);
    int column = call.arguments().getFirst();
    ResultType result = ResultType.of(call);
    if (types.getFirst() instanceof DataType.Decimal) {
      return new Factory(() -> new DecimalSum(column, kind, result), true);
    }
    return switch (primitive(0)) {
      case INT, BIGINT -> new Factory(() -> new IntegerSum(column, kind, result), true);
      case FLOAT, DOUBLE ->
          sliding
              ? new Factory(() -> new SlidingDoubleSum(column, kind, result), true)
              : new Factory(() -> new DoubleSum(column, kind, result), false);
      default -> throw unsupported();
    };
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
