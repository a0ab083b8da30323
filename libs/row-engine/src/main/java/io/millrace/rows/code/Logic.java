package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;

/** Three-valued logic, comparisons and choices. */
final class Logic {
  /** From here on a set is quicker than comparisons. */
  private static final int SET_FROM = 5;

  private static final String VALUES = "io.millrace.rows.library.Values.";
  private final Emitter e;

  Logic(Emitter emitter) {
    this.e = emitter;
  }

  /** Null when the call is none of these. */
  Val call(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case AND -> connect(call, true);
      case OR -> connect(call, false);
      case NOT -> {
        Val v = e.emit(operands.getFirst());
        yield new Val(Kind.BOOLEAN, "(!" + v.code() + ")", v.isNull(), null, call.getType());
      }
      case IS_NULL -> test(call, true, "%s");
      case IS_NOT_NULL -> test(call, false, "!%s");
      case IS_TRUE -> truth(call, "%s", false);
      case IS_FALSE -> truth(call, "!%s", false);
      case IS_NOT_TRUE -> truth(call, "!%s", true);
      case IS_NOT_FALSE -> truth(call, "%s", true);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call);
      case IS_DISTINCT_FROM -> distinct(call, true);
      case IS_NOT_DISTINCT_FROM -> distinct(call, false);
      case CASE -> choose(call);
      case COALESCE -> coalesce(call);
      case SEARCH -> search(call);
      default -> null;
    };
  }

  private Val test(RexCall call, boolean never, String format) {
    Val v = e.emit(call.getOperands().getFirst());
    String code = v.nullable() ? format.formatted(v.isNull()) : Boolean.toString(!never);
    return Val.never(Kind.BOOLEAN, "(" + code + ")", call.getType());
  }

  private Val truth(RexCall call, String format, boolean ofNull) {
    Val v = e.emit(call.getOperands().getFirst());
    String code = format.formatted(v.code());
    if (v.nullable()) {
      code = ofNull ? v.isNull() + " || " + code : "!" + v.isNull() + " && " + code;
    }
    return Val.never(Kind.BOOLEAN, "(" + code + ")", call.getType());
  }

  /** AND and OR from left to right; what is behind a decision is not evaluated. */
  private Val connect(RexCall call, boolean and) {
    Val first = e.emit(call.getOperands().getFirst());
    Val result = e.declare(call.getType(), Kind.BOOLEAN, call.getType().isNullable(), false);
    String label = e.local("l");
    e.line(result.code() + " = " + and + ";");
    e.line(label + ": {");
    e.scoped(() -> {
      for (int i = 0; i < call.getOperands().size(); i++) {
        Val v = i == 0 ? first : e.emit(call.getOperands().get(i));
        String decided = and ? "!" + v.code() : v.code();
        String unknown = "";
        if (v.nullable() && result.nullable()) {
          unknown = "if (" + v.isNull() + ") " + result.isNull() + " = true; else ";
        }
        e.line(
            unknown
                + "if ("
                + decided
                + ") { "
                + result.code()
                + " = "
                + !and
                + "; "
                + (result.nullable() ? result.isNull() + " = false; " : "")
                + "break "
                + label
                + "; }");
      }
    });
    e.line("}");
    return result;
  }

  private Val comparison(RexCall call) {
    List<Val> operands = e.operands(call);
    Compared compared = compared(operands.get(0), operands.get(1), call.getKind(), call);
    return e.strict(call, operands, Kind.BOOLEAN, compared.code, compared.fails, false);
  }

  private record Compared(String code, boolean fails) {}

  private Compared compared(Val a, Val b, SqlKind kind, RexNode node) {
    String op =
        switch (kind) {
          case EQUALS -> "==";
          case NOT_EQUALS -> "!=";
          case LESS_THAN -> "<";
          case LESS_THAN_OR_EQUAL -> "<=";
          case GREATER_THAN -> ">";
          default -> ">=";
        };
    boolean equality = kind == SqlKind.EQUALS || kind == SqlKind.NOT_EQUALS;
    Kind common = common(a, b, node);
    String left = widened(a, b, common);
    String right = widened(b, a, common);
    if (common == Kind.BOOLEAN) {
      return new Compared(
          equality
              ? left + " " + op + " " + right
              : "Boolean.compare(" + left + ", " + right + ") " + op + " 0",
          false);
    }
    if (common.primitive()) {
      return new Compared(left + " " + op + " " + right, false);
    }
    if (equality && common != Kind.DECIMAL) {
      return new Compared(
          (kind == SqlKind.EQUALS ? "" : "!") + VALUES + "same(" + left + ", " + right + ")",
          false);
    }
    if (common == Kind.DECIMAL || common == Kind.STRING || common == Kind.BYTES) {
      return new Compared(VALUES + "compare(" + left + ", " + right + ") " + op + " 0", false);
    }
    throw new UnsupportedQueryException(
        e.sql(node) + ": values of the type " + a.type() + " have no order");
  }

  private String widened(Val value, Val other, Kind common) {
    if (value.type().getSqlTypeName() == SqlTypeName.DATE
        && other.type().getSqlTypeName() == SqlTypeName.TIMESTAMP) {
      return "io.millrace.rows.library.Times.ofDate(" + value.code() + ")";
    }
    return e.conversions().widen(value, common);
  }

  private Kind common(Val a, Val b, RexNode node) {
    if (a.kind() == Kind.ANY || b.kind() == Kind.ANY) {
      return a.kind() == Kind.ANY ? b.kind() : a.kind();
    }
    if (a.kind() == b.kind()) {
      return a.kind();
    }
    if (a.kind().number() && b.kind().number()) {
      return Arithmetic.wider(a.kind(), b.kind());
    }
    throw new UnsupportedQueryException(
        e.sql(node) + " compares " + a.type() + " with " + b.type());
  }

  private Val distinct(RexCall call, boolean distinct) {
    List<Val> operands = e.operands(call);
    Val a = operands.get(0);
    Val b = operands.get(1);
    String same = compared(a, b, SqlKind.EQUALS, call).code;
    String aNull = a.nullable() ? a.isNull() : "false";
    String bNull = b.nullable() ? b.isNull() : "false";
    String v = e.local("v");
    e.line(
        "boolean "
            + v
            + " = "
            + (distinct ? "!" : "")
            + "("
            + aNull
            + " || "
            + bNull
            + " ? "
            + aNull
            + " && "
            + bNull
            + " : "
            + same
            + ");");
    return Val.never(Kind.BOOLEAN, v, call.getType());
  }

  private Val choose(RexCall call) {
    List<RexNode> operands = call.getOperands();
    RelDataType type = call.getType();
    Val first = e.emit(operands.getFirst());
    Val result = e.declare(type, Kind.of(type), type.isNullable(), true);
    String label = e.local("l");
    e.line(label + ": {");
    e.scoped(() -> {
      for (int i = 0; i + 1 < operands.size(); i += 2) {
        Val condition = i == 0 ? first : e.emit(operands.get(i));
        RexNode value = operands.get(i + 1);
        e.line("if (" + condition.isTrue() + ") {");
        e.scoped(() -> e.assign(result, e.emit(value)));
        e.line("if (true) break " + label + "; }");
      }
      e.assign(result, e.emit(operands.getLast()));
    });
    e.line("}");
    return result;
  }

  private Val coalesce(RexCall call) {
    RelDataType type = call.getType();
    Val result = e.declare(type, Kind.of(type), type.isNullable(), true);
    String label = e.local("l");
    e.line(label + ": {");
    e.scoped(() -> {
      for (RexNode operand : call.getOperands()) {
        Val value = e.emit(operand);
        e.line("if (" + (value.nullable() ? "!" + value.isNull() : "true") + ") {");
        e.assign(result, value);
        e.line("if (true) break " + label + "; }");
      }
    });
    e.line("}");
    return result;
  }

  /** IN, NOT IN, BETWEEN and what Calcite makes of ORs of comparisons. */
  private Val search(RexCall call) {
    RexNode sought = call.getOperands().get(0);
    RexLiteral literal = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = (Sarg<?>) literal.getValue();
    boolean points = sarg.isPoints();
    Kind kind = Kind.of(sought.getType());
    boolean exact = kind == Kind.STRING || kind == Kind.INT || kind == Kind.LONG;
    boolean many =
        points
            ? sarg.pointCount >= SET_FROM
            : sarg.isComplementedPoints() && sarg.rangeSet.asRanges().size() > SET_FROM;
    if (!exact || !many) {
      return e.emit(RexUtil.expandSearch(e.rex, null, call));
    }
    Set<Object> set = new HashSet<>();
    (points ? sarg.rangeSet : sarg.rangeSet.complement())
        .asRanges()
        .forEach(range -> set.add(Literals.value(range.lowerEndpoint(), literal.getType())));
    String constant = e.constant(Set.copyOf(set), "java.util.Set");
    Val value = e.emit(sought);
    String code = (points ? "" : "!") + constant + ".contains(" + value.boxed() + ")";
    if (!value.nullable() || sarg.nullAs == RexUnknownAs.UNKNOWN) {
      return e.strict(call, List.of(value), Kind.BOOLEAN, code, false, false);
    }
    return Val.never(
        Kind.BOOLEAN,
        "(" + value.isNull() + " ? " + (sarg.nullAs == RexUnknownAs.TRUE) + " : " + code + ")",
        call.getType());
  }
}
