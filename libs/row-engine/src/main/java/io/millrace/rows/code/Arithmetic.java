package io.millrace.rows.code;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;

/** Numbers: exact, with an error for what does not fit. */
final class Arithmetic {
  private static final String NUMBERS = "io.millrace.rows.library.Numbers.";
  private final Emitter e;

  Arithmetic(Emitter emitter) {
    this.e = emitter;
  }

  /** The kind in which two numbers meet. */
  static Kind wider(Kind a, Kind b) {
    if (a == b) {
      return a;
    }
    if (a == Kind.DOUBLE || b == Kind.DOUBLE || a == Kind.FLOAT || b == Kind.FLOAT) {
      return Kind.DOUBLE;
    }
    return a == Kind.DECIMAL || b == Kind.DECIMAL ? Kind.DECIMAL : Kind.LONG;
  }

  /** Null when the call is none of these. */
  Val call(RexCall call) {
    String name =
        switch (call.getKind()) {
          case PLUS, CHECKED_PLUS -> "add";
          case MINUS, CHECKED_MINUS -> "subtract";
          case TIMES, CHECKED_TIMES -> "multiply";
          case DIVIDE, CHECKED_DIVIDE -> "divide";
          case MOD -> "mod";
          case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> "negate";
          case PLUS_PREFIX -> "";
          default -> null;
        };
    if (name == null) {
      return null;
    }
    List<Val> operands = e.operands(call);
    if (operands.stream().anyMatch(v -> !v.kind().number())) {
      return null;
    }
    if (name.isEmpty()) {
      return operands.getFirst();
    }
    RelDataType type = call.getType();
    Kind gives = Kind.of(type);
    StringBuilder code = new StringBuilder(NUMBERS).append(name).append('(');
    for (int i = 0; i < operands.size(); i++) {
      code.append(i == 0 ? "" : ", ").append(e.conversions().widen(operands.get(i), gives));
    }
    if (gives == Kind.DECIMAL) {
      code.append(", ").append(type.getPrecision()).append(", ").append(Types.scale(type));
    }
    return e.strict(call, operands, gives, code.append(')').toString(), true, false);
  }
}
