package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.RowException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Writes the body of one generated method: statements that compute expressions into locals. */
final class Emitter {

  final RexBuilder rex;
  private final BranchCompiler.Columns columns;
  private final StringBuilder out = new StringBuilder();
  private final Shared shared;
  private final Deque<Map<RexNode, Val>> scopes = new ArrayDeque<>();
  private int locals;
  private final Logic logic = new Logic(this);
  private final Arithmetic arithmetic = new Arithmetic(this);
  private final Conversions conversions = new Conversions(this);
  private final TimeCalls times = new TimeCalls(this);
  private final JsonCalls json = new JsonCalls(this);
  private final FunctionCalls functions = new FunctionCalls(this);

  /** What the methods of one class share: its constants and the texts of its expressions. */
  static final class Shared {
    final List<Object> constants = new ArrayList<>();
    final List<String> types = new ArrayList<>();
    final List<String> texts = new ArrayList<>();

    String constant(Object value, String javaType) {
      constants.add(value);
      types.add(javaType);
      return "k" + (constants.size() - 1);
    }
  }

  Emitter(RexBuilder rex, BranchCompiler.Columns columns, Shared shared) {
    this.rex = rex;
    this.columns = columns;
    this.shared = shared;
    scopes.push(new HashMap<>());
  }

  String source() {
    return out.toString();
  }

  Conversions conversions() {
    return conversions;
  }

  void line(String statement) {
    out.append(statement).append('\n');
  }

  String local(String prefix) {
    return prefix + locals++;
  }

  String constant(Object value, String javaType) {
    return shared.constant(value, javaType);
  }

  /** Declares a local that may be null; the value of a primitive starts as zero. */
  Val declare(RelDataType type, Kind kind, boolean nullable, boolean startsNull) {
    String v = local("v");
    line(kind.java + " " + v + " = " + kind.zero + ";");
    if (!nullable) {
      return Val.never(kind, v, type);
    }
    if (!kind.primitive()) {
      return new Val(kind, v, "(" + v + " == null)", null, type);
    }
    String n = local("n");
    line("boolean " + n + " = " + startsNull + ";");
    return new Val(kind, v, n, null, type);
  }

  /** Assigns to a declared local, converting the kind where it has to. */
  void assign(Val target, Val value) {
    String code = conversions.widen(value, target.kind());
    if (!target.nullable()) {
      line(target.code() + " = " + code + ";");
    } else if (!target.kind().primitive()) {
      line(
          target.code()
              + " = "
              + (value.nullable() && !value.kind().equals(target.kind())
                  ? value.isNull() + " ? null : " + code
                  : "true".equals(value.isNull()) ? "null" : code)
              + ";");
    } else {
      line(target.code() + " = " + code + ";");
      line(target.isNull() + " = " + (value.nullable() ? value.isNull() : "false") + ";");
    }
  }

  /** What is computed inside is not known outside: it may not have been reached. */
  void scoped(Runnable inside) {
    scopes.push(new HashMap<>());
    inside.run();
    scopes.pop();
  }

  /** Notes which expression runs, for the message if it fails. */
  void at(RexNode node) {
    shared.texts.add(sql(node));
    line("at = " + (shared.texts.size() - 1) + ";");
  }

  Val emit(RexNode node) {
    for (Map<RexNode, Val> scope : scopes) {
      Val known = scope.get(node);
      if (known != null) {
        return known;
      }
    }
    Val value = compute(node);
    scopes.peek().put(node, value);
    return value;
  }

  /** An expression for a message. */
  String sql(RexNode node) {
    return Describe.sql(node, columns.names());
  }

  private Val compute(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> unbox(columns.element(ref.getIndex()), ref.getType());
      case RexLiteral literal -> literal(literal);
      case RexFieldAccess access -> field(access);
      case RexCall call -> call(call);
      default -> throw new UnsupportedQueryException(sql(node) + " cannot be computed row by row");
    };
  }

  /** Puts an object into locals of its type. */
  Val unbox(String object, RelDataType type) {
    Kind kind = Kind.of(type);
    if (!kind.primitive()) {
      String v = local("v");
      line(kind.java + " " + v + " = (" + kind.java + ") " + object + ";");
      return new Val(kind, v, type.isNullable() ? "(" + v + " == null)" : null, null, type);
    }
    String b = local("b");
    line(kind.boxed + " " + b + " = (" + kind.boxed + ") " + object + ";");
    return unboxed(b, kind, type, type.isNullable());
  }

  Val unboxed(String b, Kind kind, RelDataType type, boolean nullable) {
    String v = local("v");
    if (!nullable) {
      line(kind.java + " " + v + " = " + b + kind.unbox() + ";");
      return new Val(kind, v, null, b, type);
    }
    String n = local("n");
    line("boolean " + n + " = " + b + " == null;");
    line(kind.java + " " + v + " = " + n + " ? " + kind.zero + " : " + b + kind.unbox() + ";");
    return new Val(kind, v, n, b, type);
  }

  private Val field(RexFieldAccess access) {
    Val row = emit(access.getReferenceExpr());
    RelDataType type = access.getType();
    String element = row.code() + "[" + access.getField().getIndex() + "]";
    if (row.nullable()) {
      type = rex.getTypeFactory().createTypeWithNullability(type, true);
      element = "(" + row.isNull() + " ? null : " + element + ")";
    }
    return unbox(element, type);
  }

  private Val literal(RexLiteral literal) {
    RelDataType type = literal.getType();
    Kind kind = Kind.of(type);
    Object value = Literals.value(literal);
    if (value == null) {
      return new Val(
          kind, kind.primitive() ? kind.zero : "((" + kind.java + ") null)", "true", null, type);
    }
    return Val.never(kind, constantCode(value, kind), type);
  }

  private String constantCode(Object value, Kind kind) {
    return switch (value) {
      case Boolean b -> b.toString();
      case Integer i -> i == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : "(" + i + ")";
      case Long l -> l == Long.MIN_VALUE ? "Long.MIN_VALUE" : "(" + l + "L)";
      case Double d -> "(" + d + "d)";
      case Float f -> "(" + f + "f)";
      case String s when s.length() < 1000 -> quote(s);
      default -> constant(value, kind.java);
    };
  }

  /** A Java string literal. */
  static String quote(String text) {
    StringBuilder code = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        code.append('\\').append(c);
      } else if (c == '\n') {
        code.append("\\n");
      } else if (c == '\r') {
        code.append("\\r");
      } else if (c < ' ' || c > '~') {
        code.append("\\u%04x".formatted((int) c));
      } else {
        code.append(c);
      }
    }
    return code.append('"').toString();
  }

  private Val call(RexCall call) {
    Val value = logic.call(call);
    if (value == null) {
      value = conversions.call(call);
    }
    if (value == null) {
      value = times.call(call);
    }
    if (value == null) {
      value = arithmetic.call(call);
    }
    if (value == null) {
      value = json.call(call);
    }
    return value == null ? functions.call(call) : value;
  }

  List<Val> operands(RexCall call) {
    List<Val> values = new ArrayList<>(call.getOperands().size());
    for (RexNode operand : call.getOperands()) {
      values.add(emit(operand));
    }
    return values;
  }

  /** A condition under which one of the values is null; null when none ever is. */
  static String anyNull(List<Val> values) {
    StringBuilder condition = new StringBuilder();
    for (Val value : values) {
      if (value.nullable()) {
        condition.append(condition.isEmpty() ? "" : " || ").append(value.isNull());
      }
    }
    return condition.isEmpty() ? null : condition.toString();
  }

  /**
   * A value that is null when one of its operands is, and {@code code} otherwise.
   *
   * @param fails whether the code may throw
   * @param gives the kind that the code gives; {@code null} comes only from code that {@code
   *     mayBeNull}, which gives the boxed form of a primitive
   */
  Val strict(
      RexNode node, List<Val> operands, Kind gives, String code, boolean fails, boolean mayBeNull) {
    String isNull = anyNull(operands);
    RelDataType type = node.getType();
    if (mayBeNull && gives.primitive()) {
      String b = local("b");
      line(gives.boxed + " " + b + " = null;");
      guarded(node, isNull, b + " = " + code + ";", fails);
      return unboxed(b, gives, type, true);
    }
    if (isNull == null) {
      if (fails) {
        at(node);
      }
      String v = local("v");
      line(gives.java + " " + v + " = " + code + ";");
      return new Val(gives, v, mayBeNull ? "(" + v + " == null)" : null, null, type);
    }
    String v = local("v");
    line(gives.java + " " + v + " = " + gives.zero + ";");
    String n = "(" + v + " == null)";
    if (gives.primitive()) {
      n = local("n");
      line("boolean " + n + " = " + isNull + ";");
      isNull = n;
    }
    guarded(node, isNull, v + " = " + code + ";", fails);
    return new Val(gives, v, n, null, type);
  }

  private void guarded(RexNode node, String isNull, String statement, boolean fails) {
    if (isNull != null) {
      line("if (!(" + isNull + ")) {");
    }
    if (fails) {
      at(node);
    }
    line(statement);
    if (isNull != null) {
      line("}");
    }
  }

  /** A constant text, read now. */
  String prepared(Class<?> type, String text, RexCall call) {
    try {
      return constant(type.getMethod("of", String.class).invoke(null, text), type.getName());
    } catch (InvocationTargetException bad) {
      if (bad.getCause() instanceof RowException reason) {
        throw new UnsupportedQueryException(reason.getMessage() + " in " + sql(call), reason);
      }
      throw new IllegalStateException(bad.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The type STRING. */
  RelDataType text(boolean nullable) {
    return rex.getTypeFactory()
        .createTypeWithNullability(
            rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), nullable);
  }
}
