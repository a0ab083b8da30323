package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Dates, times and intervals, in microseconds and in months. */
final class TimeCalls {
  private static final String LIBRARY = "io.millrace.rows.library.";
  private static final String TIMES = LIBRARY + "Times.";
  private static final String UNITS = LIBRARY + "TimeUnits.";
  private static final String FIELDS = LIBRARY + "TimeFields.";
  private final Emitter e;

  TimeCalls(Emitter emitter) {
    this.e = emitter;
  }

  /** Null when the call is none of these. */
  Val call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case EXTRACT -> extract(call);
      case FLOOR, CEIL ->
          operands.size() == 2 && operands.get(1) instanceof RexLiteral unit
              ? toUnit(call, unit(unit), operands.get(0), call.getKind() == SqlKind.FLOOR)
              : null;
      case TIMESTAMP_ADD -> add(call);
      case TIMESTAMP_DIFF -> difference(call);
      case PLUS, MINUS, TIMES, DIVIDE, MINUS_PREFIX, PLUS_PREFIX ->
          Types.isTemporal(call.getType())
                  || operands.stream().anyMatch(o -> Types.isTemporal(o.getType()))
              ? arithmetic(call)
              : null;
      default -> null;
    };
  }

  private static String unit(RexLiteral literal) {
    if (literal.getValue() instanceof TimeUnitRange range) {
      return range.name();
    }
    if (literal.getValue() instanceof TimeUnit unit) {
      return unit.name();
    }
    SqlIntervalQualifier qualifier = literal.getType().getIntervalQualifier();
    if (qualifier != null) {
      return qualifier.timeFrameName != null ? qualifier.timeFrameName : qualifier.getUnit().name();
    }
    throw new UnsupportedQueryException(literal + " is no unit of time");
  }

  /** A date or timestamp as microseconds. */
  private static String micros(Val value) {
    return value.type().getSqlTypeName() == SqlTypeName.DATE
        ? TIMES + "ofDate(" + value.code() + ")"
        : value.code();
  }

  private Val extract(RexCall call) {
    String unit = unit((RexLiteral) call.getOperands().get(0));
    Val from = e.emit(call.getOperands().get(1));
    String prefix =
        Types.isDayTime(from.type())
            ? "extractDayTime"
            : Types.isYearMonth(from.type())
                ? "extractYearMonth"
                : from.type().getSqlTypeName() == SqlTypeName.TIME ? "extractTime" : "extract";
    String code = FIELDS + prefix + "(" + Emitter.quote(unit) + ", " + micros(from) + ")";
    return e.strict(call, List.of(from), Kind.LONG, code, true, false);
  }

  private Val toUnit(RexCall call, String unit, RexNode operand, boolean floor) {
    Val value = e.emit(operand);
    String name = floor ? "floor" : "ceil";
    boolean date = value.type().getSqlTypeName() == SqlTypeName.DATE;
    String code = UNITS + name + "(" + Emitter.quote(unit) + ", " + micros(value) + ")";
    if (date && call.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return e.strict(call, List.of(value), Kind.INT, TIMES + "toDate(" + code + ")", true, false);
    }
    return e.strict(call, List.of(value), Kind.LONG, code, true, false);
  }

  private Val add(RexCall call) {
    String unit = unit((RexLiteral) call.getOperands().get(0));
    Val count = e.emit(call.getOperands().get(1));
    Val to = e.emit(call.getOperands().get(2));
    boolean date = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    String code =
        UNITS
            + "add("
            + Emitter.quote(unit)
            + ", "
            + e.conversions().widen(count, Kind.LONG)
            + ", "
            + micros(to)
            + ")";
    return e.strict(
        call,
        List.of(count, to),
        date ? Kind.INT : Kind.LONG,
        date ? TIMES + "toDate(" + code + ")" : code,
        true,
        false);
  }

  private Val difference(RexCall call) {
    String unit = unit((RexLiteral) call.getOperands().get(0));
    Val from = e.emit(call.getOperands().get(1));
    Val to = e.emit(call.getOperands().get(2));
    String code =
        UNITS + "difference(" + Emitter.quote(unit) + ", " + micros(from) + ", " + micros(to) + ")";
    Kind gives = Kind.of(call.getType());
    return e.strict(
        call,
        List.of(from, to),
        gives,
        gives == Kind.INT ? "Math.toIntExact(" + code + ")" : code,
        true,
        false);
  }

  private Val arithmetic(RexCall call) {
    List<Val> operands = e.operands(call);
    Val a = operands.get(0);
    if (operands.size() == 1) {
      return call.getKind() == SqlKind.PLUS_PREFIX
          ? a
          : e.strict(call, operands, Kind.LONG, TIMES + "negate(" + a.code() + ")", true, false);
    }
    Val b = operands.get(1);
    String code =
        switch (call.getKind()) {
          case PLUS -> Types.isInterval(b.type()) ? shift(a, b, false) : shift(b, a, false);
          case MINUS -> minus(a, b, call);
          case TIMES -> Types.isInterval(a.type()) ? scale(a, b, "times") : scale(b, a, "times");
          default -> scale(a, b, "over");
        };
    if (code == null) {
      throw new UnsupportedQueryException(
          e.sql(call) + " cannot be computed with " + a.type() + " and " + b.type());
    }
    return e.strict(call, operands, Kind.of(call.getType()), code, true, false);
  }

  /** A point in time, or an interval, moved by an interval. */
  private static String shift(Val point, Val interval, boolean back) {
    if (!Types.isInterval(interval.type())) {
      return null;
    }
    boolean months = Types.isYearMonth(interval.type());
    String by = back ? "-" + interval.code() : interval.code();
    String args = "(" + point.code() + ", " + by + ")";
    return switch (point.type().getSqlTypeName()) {
      case DATE -> TIMES + (months ? "dateAddMonths" : "dateAdd") + args;
      case TIMESTAMP -> TIMES + (months ? "addMonths" : "add") + args;
      case TIME -> months ? null : TIMES + "timeAdd" + args;
      default -> Types.isInterval(point.type()) ? TIMES + "add" + args : null;
    };
  }

  private static String minus(Val a, Val b, RexCall call) {
    if (Types.isInterval(b.type())) {
      return shift(a, b, true);
    }
    return Types.isYearMonth(call.getType())
        ? UNITS + "difference(\"MONTH\", " + micros(b) + ", " + micros(a) + ")"
        : TIMES + "subtract(" + micros(a) + ", " + micros(b) + ")";
  }

  private static String scale(Val interval, Val number, String method) {
    if (!Types.isInterval(interval.type()) || !number.kind().number()) {
      return null;
    }
    String by =
        switch (number.kind()) {
          case INT, LONG -> "(long) " + number.code();
          default -> number.code();
        };
    return TIMES + method + "(" + interval.code() + ", " + by + ")";
  }
}
