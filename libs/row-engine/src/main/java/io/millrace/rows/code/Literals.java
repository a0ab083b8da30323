package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.TimeTexts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Constants as the objects that rows hold. */
final class Literals {

  private Literals() {}

  static Object value(RexLiteral literal) {
    if (literal.isNull()) {
      return null;
    }
    Class<?> held =
        switch (literal.getType().getSqlTypeName()) {
          case DATE -> DateString.class;
          case TIME -> TimeString.class;
          case TIMESTAMP -> TimestampString.class;
          default -> null;
        };
    return value(held == null ? literal.getValue() : literal.getValueAs(held), literal.getType());
  }

  /** From Calcite's inner form of a constant. Intervals are microseconds or months. */
  static Object value(Object raw, RelDataType type) {
    return switch (raw) {
      case NlsString text -> text.getValue();
      case Boolean bool -> bool;
      case ByteString bytes -> bytes.getBytes();
      case DateString date -> date.getDaysSinceEpoch();
      case TimeString time -> TimeTexts.parseTime(time.toString());
      case TimestampString timestamp -> TimeTexts.parseTimestamp(timestamp.toString());
      case Number number -> number(number, type);
      case null, default ->
          throw new UnsupportedQueryException("the constant " + raw + " cannot be computed with");
    };
  }

  private static Object number(Number number, RelDataType type) {
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    if (Types.isDayTime(type)) {
      return exact
          .multiply(BigDecimal.valueOf(1000))
          .setScale(0, RoundingMode.DOWN)
          .longValueExact();
    }
    return switch (Kind.of(type)) {
      case INT -> exact.intValueExact();
      case LONG -> exact.longValueExact();
      case FLOAT -> exact.floatValue();
      case DOUBLE -> exact.doubleValue();
      case DECIMAL -> exact.setScale(Types.scale(type), RoundingMode.HALF_UP);
      default -> throw new UnsupportedQueryException(number + " is no " + type);
    };
  }
}
