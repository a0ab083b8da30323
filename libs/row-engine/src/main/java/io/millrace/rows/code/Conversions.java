package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Casts, and the widening that arithmetic and functions do by themselves. */
final class Conversions {
  private static final String LIBRARY = "io.millrace.rows.library.";
  private static final String CASTS = LIBRARY + "Casts.";
  private static final String TEXT_CASTS = LIBRARY + "TextCasts.";
  private static final String TIME_CASTS = LIBRARY + "TimeCasts.";
  private static final String TIME_TEXTS = LIBRARY + "TimeTexts.";
  private final Emitter e;

  Conversions(Emitter emitter) {
    this.e = emitter;
  }

  /** Java code for a value as another kind, without loss of magnitude. */
  String widen(Val value, Kind to) {
    Kind from = value.kind();
    if (from == to || to == Kind.ANY) {
      return to == Kind.ANY && from.primitive() ? value.boxed() : value.code();
    }
    if (from == Kind.ANY && "true".equals(value.isNull())) {
      return to.zero;
    }
    String code = value.code();
    return switch (to) {
      case INT, LONG, FLOAT, DOUBLE -> {
        if (from == Kind.DECIMAL) {
          yield to == Kind.DOUBLE || to == Kind.FLOAT
              ? CASTS + "zeroOr(" + code + ")" + to.unbox()
              : CASTS + "to" + to.boxed + "(" + code + ")";
        }
        if (!from.number()) {
          throw mismatch(value, to);
        }
        yield "((" + to.java + ") " + code + ")";
      }
      case DECIMAL ->
          switch (from) {
            case INT, LONG -> "java.math.BigDecimal.valueOf((long) " + code + ")";
            case FLOAT, DOUBLE -> CASTS + "decimal(" + code + ")";
            default -> throw mismatch(value, to);
          };
      default -> throw mismatch(value, to);
    };
  }

  private static UnsupportedQueryException mismatch(Val value, Kind to) {
    return new UnsupportedQueryException(
        "a value of the type " + value.type() + " stands where " + to + " is wanted; cast it");
  }

  /** Null when the call is no cast. */
  Val call(RexCall call) {
    if (call.getKind() != SqlKind.CAST
        && call.getKind() != SqlKind.SAFE_CAST
        && call.getKind() != SqlKind.REINTERPRET) {
      return null;
    }
    Val value = e.emit(call.getOperands().getFirst());
    RelDataType to = call.getType();
    boolean attempt = call.getKind() == SqlKind.SAFE_CAST;
    if ("true".equals(value.isNull())) {
      Kind kind = Kind.of(to);
      return new Val(
          kind, kind.primitive() ? kind.zero : "((" + kind.java + ") null)", "true", null, to);
    }
    if (Types.same(value.type(), to) || isNothing(value.type(), to)) {
      return value.as(to);
    }
    if (call.getKind() == SqlKind.REINTERPRET) {
      return reinterpret(value, to, call);
    }
    String code = code(value, to, call);
    Kind gives = Kind.of(to);
    if (!attempt) {
      return e.strict(call, List.of(value), gives, code, true, false);
    }
    String b = e.local("b");
    e.line(gives.boxed + " " + b + " = null;");
    String boxed = gives.primitive() ? gives.boxed + ".valueOf(" + code + ")" : code;
    e.line(
        "try { "
            + (value.nullable() ? "if (!" + value.isNull() + ") " : "")
            + b
            + " = "
            + boxed
            + "; } catch (io.millrace.rows.library.RowException e) { "
            + b
            + " = null; }");
    return gives.primitive()
        ? e.unboxed(b, gives, to, true)
        : new Val(gives, b, "(" + b + " == null)", null, to);
  }

  /** Calcite takes an interval's number for milliseconds; ours are microseconds. */
  private Val reinterpret(Val value, RelDataType to, RexCall call) {
    String v = value.code();
    if (Types.isDayTime(value.type()) && !Types.isInterval(to)) {
      v = "(" + v + " / 1000L)";
    } else if (Types.isDayTime(to) && !Types.isInterval(value.type())) {
      v = TIME_CASTS + "interval(" + v + ", 1000L)";
    }
    Kind gives = Kind.of(to);
    String code = gives == Kind.INT ? CASTS + "toInteger(" + v + ")" : v;
    return e.strict(call, List.of(value), gives, code, true, false);
  }

  /** A value as CAST to STRING writes it. */
  Val text(Val value, RexNode node) {
    return convert(value, e.text(value.nullable()), node);
  }

  /** A value as another type. */
  Val convert(Val value, RelDataType to, RexNode node) {
    if ("true".equals(value.isNull())) {
      Kind kind = Kind.of(to);
      return new Val(
          kind, kind.primitive() ? kind.zero : "((" + kind.java + ") null)", "true", null, to);
    }
    if (Types.same(value.type(), to) || isNothing(value.type(), to)) {
      return value.as(to);
    }
    Val converted = e.strict(node, List.of(value), Kind.of(to), code(value, to, node), true, false);
    return converted.as(to);
  }

  private static boolean isNothing(RelDataType from, RelDataType to) {
    boolean text = Kind.of(from) == Kind.STRING && Kind.of(to) == Kind.STRING;
    if (text) {
      return to.getPrecision() < 0 || to.getPrecision() >= length(from);
    }
    if (Kind.of(from) == Kind.BYTES && Kind.of(to) == Kind.BYTES) {
      return to.getPrecision() < 0 || to.getPrecision() >= length(from);
    }
    if (from.getSqlTypeName() == to.getSqlTypeName()
        && (from.getSqlTypeName() == SqlTypeName.TIMESTAMP
            || from.getSqlTypeName() == SqlTypeName.TIME)) {
      return to.getPrecision() >= from.getPrecision() || to.getPrecision() >= 6;
    }
    return (Types.isYearMonth(from) && Types.isYearMonth(to))
        || (Types.isDayTime(from) && Types.isDayTime(to))
        || (Kind.of(from) == Kind.INT
            && Kind.of(to) == Kind.INT
            && !Types.isTemporal(from)
            && !Types.isTemporal(to));
  }

  private static int length(RelDataType text) {
    return text.getPrecision() < 0 ? Integer.MAX_VALUE : text.getPrecision();
  }

  private String code(Val value, RelDataType to, RexNode call) {
    RelDataType from = value.type();
    SqlTypeName source = from.getSqlTypeName();
    String v = value.code();
    Kind kind = value.kind();
    boolean temporal = Types.isTemporal(from) || Types.isTemporal(to);
    if (to.getSqlTypeName() == SqlTypeName.VARCHAR || to.getSqlTypeName() == SqlTypeName.CHAR) {
      String text =
          switch (source) {
            case CHAR, VARCHAR -> v;
            case DATE -> TIME_TEXTS + "dateText(" + v + ")";
            case TIME -> TIME_TEXTS + "timeText(" + v + ")";
            case TIMESTAMP -> TIME_TEXTS + "timestampText(" + v + ")";
            default ->
                Types.isInterval(from)
                    ? TIME_TEXTS
                        + (Types.isDayTime(from) ? "dayTimeText(" : "yearMonthText(")
                        + v
                        + ")"
                    : kind == Kind.LIST || kind == Kind.MAP || kind == Kind.ROW
                        ? null
                        : TEXT_CASTS + "text(" + v + ")";
          };
      if (text != null) {
        return to.getPrecision() < 0
            ? text
            : TEXT_CASTS + "cut(" + text + ", " + to.getPrecision() + ")";
      }
    } else if (Types.isInterval(to)) {
      if (kind == Kind.INT || kind == Kind.LONG || kind == Kind.DECIMAL) {
        return TIME_CASTS + "interval(" + v + ", " + unit(to) + "L)";
      }
    } else if (Types.isInterval(from)) {
      Kind gives = Kind.of(to);
      if (gives == Kind.INT || gives == Kind.LONG) {
        return CASTS + "to" + gives.boxed + "(" + v + " / " + unit(from) + "L)";
      }
      if (gives == Kind.DECIMAL) {
        return CASTS + "decimal(" + v + " / " + unit(from) + "L" + precision(to) + ")";
      }
    } else if (temporal) {
      String method =
          switch (to.getSqlTypeName()) {
            case DATE ->
                switch (source) {
                  case CHAR, VARCHAR -> TIME_TEXTS + "parseDate";
                  case TIMESTAMP -> TIME_CASTS + "dateOfTimestamp";
                  default -> null;
                };
            case TIME ->
                switch (source) {
                  case CHAR, VARCHAR -> TIME_TEXTS + "parseTime";
                  case TIMESTAMP -> TIME_CASTS + "timeOfTimestamp";
                  case TIME -> "";
                  default -> null;
                };
            case TIMESTAMP ->
                switch (source) {
                  case CHAR, VARCHAR -> TIME_TEXTS + "parseTimestamp";
                  case DATE -> TIME_CASTS + "timestampOfDate";
                  case TIMESTAMP -> "";
                  default -> null;
                };
            default -> null;
          };
      if (method != null) {
        String cast = method.isEmpty() ? v : method + "(" + v + ")";
        return to.getSqlTypeName() == SqlTypeName.DATE
                || to.getPrecision() >= 6
                || to.getPrecision() < 0
            ? cast
            : TIME_CASTS + "rounded(" + cast + ", " + to.getPrecision() + ")";
      }
    } else if (kind.number() || kind == Kind.STRING || kind == Kind.BOOLEAN || kind == Kind.BYTES) {
      boolean number = kind.number() || kind == Kind.STRING;
      switch (Kind.of(to)) {
        case BOOLEAN -> {
          if (kind == Kind.STRING || kind == Kind.INT || kind == Kind.LONG) {
            return CASTS + "bool(" + v + ")";
          }
        }
        case INT, LONG, FLOAT, DOUBLE -> {
          if (number || kind == Kind.BOOLEAN) {
            return CASTS + "to" + Kind.of(to).boxed + "(" + v + ")";
          }
        }
        case DECIMAL -> {
          if (number) {
            return CASTS + "decimal(" + v + precision(to) + ")";
          }
        }
        case BYTES -> {
          if (kind == Kind.STRING || kind == Kind.BYTES) {
            return to.getPrecision() < 0
                ? TEXT_CASTS + "bytes(" + v + ")"
                : TEXT_CASTS + "cut(" + TEXT_CASTS + "bytes(" + v + "), " + to.getPrecision() + ")";
          }
        }
        default -> {}
      }
    }
    throw new UnsupportedQueryException(e.sql(call) + ": a " + from + " cannot be cast to " + to);
  }

  private static String precision(RelDataType type) {
    return ", " + type.getPrecision() + ", " + Types.scale(type);
  }

  /** How much one unit of an interval's last field is: microseconds or months. */
  private static long unit(RelDataType interval) {
    long multiplier = interval.getIntervalQualifier().getUnit().multiplier.longValueExact();
    return Types.isDayTime(interval) ? multiplier * 1000 : multiplier;
  }
}
