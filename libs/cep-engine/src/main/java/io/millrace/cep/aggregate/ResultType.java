package io.millrace.cep.aggregate;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.RowException;
import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Turns what was computed into the declared type. Integers are cut off towards zero, DECIMAL is
 * rounded half up; what does not fit is an error that names the function.
 */
final class ResultType {

  private enum Held {
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL
  }

  private final String function;
  private final DataType type;
  private final Held held;
  private final int precision;
  private final int scale;

  private ResultType(String function, DataType type) {
    this.function = function;
    this.type = type;
    if (type instanceof DataType.Decimal decimal) {
      this.held = Held.DECIMAL;
      this.precision = decimal.precision();
      this.scale = decimal.scale();
    } else {
      this.held =
          switch (((DataType.Primitive) type).kind()) {
            case INT, DATE -> Held.INT;
            case BIGINT, TIME, TIMESTAMP -> Held.LONG;
            case FLOAT -> Held.FLOAT;
            case DOUBLE -> Held.DOUBLE;
            default -> throw new UnsupportedQueryException(function + " gives no " + type.sql());
          };
      this.precision = 0;
      this.scale = 0;
    }
  }

  static ResultType of(Aggregation call) {
    return of(call, CalciteTypes.toDataType(call.type()));
  }

  private static ResultType of(Aggregation call, DataType type) {
    if (!isNumber(type)) {
      throw new UnsupportedQueryException(call.function() + " gives no " + type.sql());
    }
    return new ResultType(call.function(), type);
  }

  static boolean isNumber(DataType type) {
    return switch (type) {
      case DataType.Decimal decimal -> true;
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case INT, BIGINT, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP -> true;
            default -> false;
          };
      default -> false;
    };
  }

  Object of(long value) {
    return switch (held) {
      case INT -> {
        if ((int) value != value) {
          throw overflow();
        }
        yield (int) value;
      }
      case LONG -> value;
      case FLOAT -> (float) value;
      case DOUBLE -> (double) value;
      case DECIMAL -> of(BigDecimal.valueOf(value));
    };
  }

  Object of(BigInteger value) {
    return value.bitLength() < Long.SIZE ? of(value.longValue()) : of(new BigDecimal(value));
  }

  Object of(double value) {
    return switch (held) {
      case INT -> {
        double whole = whole(value);
        if (whole < Integer.MIN_VALUE || whole > Integer.MAX_VALUE) {
          throw overflow();
        }
        yield (int) whole;
      }
      case LONG -> {
        double whole = whole(value);
        if (whole < -0x1p63 || whole >= 0x1p63) {
          throw overflow();
        }
        yield (long) whole;
      }
      case FLOAT -> (float) value;
      case DOUBLE -> value;
      case DECIMAL -> {
        if (!Double.isFinite(value)) {
          throw overflow();
        }
        yield of(BigDecimal.valueOf(value));
      }
    };
  }

  Object of(BigDecimal value) {
    return switch (held) {
      case INT, LONG -> {
        BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
        if (whole.precision() > 19 || whole.unscaledValue().bitLength() >= Long.SIZE) {
          throw overflow();
        }
        yield of(whole.longValue());
      }
      case FLOAT -> value.floatValue();
      case DOUBLE -> value.doubleValue();
      case DECIMAL -> {
        BigDecimal fitted =
            value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (fitted.precision() > precision && fitted.signum() != 0) {
          throw overflow();
        }
        yield fitted;
      }
    };
  }

  /** A sum by a count. */
  Object quotient(BigInteger sum, long count) {
    return switch (held) {
      case INT, LONG -> of(sum.divide(BigInteger.valueOf(count)));
      case FLOAT, DOUBLE -> of(new BigDecimal(sum).doubleValue() / count);
      case DECIMAL -> quotient(new BigDecimal(sum), count);
    };
  }

  /** A sum by a count. */
  Object quotient(long sum, long count) {
    return switch (held) {
      case INT, LONG -> of(sum / count);
      case FLOAT, DOUBLE -> of((double) sum / count);
      case DECIMAL -> quotient(BigDecimal.valueOf(sum), count);
    };
  }

  /** A sum by a count. */
  Object quotient(BigDecimal sum, long count) {
    return switch (held) {
      case INT, LONG -> of(sum.divide(BigDecimal.valueOf(count), 0, RoundingMode.DOWN));
      case FLOAT, DOUBLE -> of(sum.doubleValue() / count);
      case DECIMAL -> of(sum.divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_UP));
    };
  }

  private double whole(double value) {
    if (Double.isNaN(value)) {
      throw overflow();
    }
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private RowException overflow() {
    return new RowException(
        ErrorCode.OVERFLOW, "the result of " + function + " does not fit " + type.sql());
  }
}
