package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.Functions;
import io.millrace.rows.library.Functions.Implementation;
import io.millrace.rows.library.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calls of library functions, and of what reaches into rows, arrays and maps. */
final class FunctionCalls {
  private static final int NO_WAY = -1;
  private static final String VALUES = "io.millrace.rows.library.Values.";
  private final Emitter e;

  FunctionCalls(Emitter emitter) {
    this.e = emitter;
  }

  Val call(RexCall call) {
    return switch (call.getKind()) {
      case ROW -> collection(call, Kind.ROW, "%s");
      case ARRAY_VALUE_CONSTRUCTOR -> collection(call, Kind.LIST, VALUES + "list(%s)");
      case MAP_VALUE_CONSTRUCTOR -> collection(call, Kind.MAP, VALUES + "map(%s)");
      case ITEM -> item(call);
      case TRIM -> trim(call);
      default -> named(call.getOperator().getName(), call, call.getOperands());
    };
  }

  private Val trim(RexCall call) {
    List<RexNode> operands = call.getOperands();
    String side = String.valueOf(((RexLiteral) operands.getFirst()).getValue());
    return named("TRIM " + side, call, operands.subList(1, 3));
  }

  private Val collection(RexCall call, Kind kind, String format) {
    List<RelDataType> types =
        switch (kind) {
          case ROW -> call.getType().getFieldList().stream().map(f -> f.getType()).toList();
          case LIST -> List.of(call.getType().getComponentType());
          default -> List.of(call.getType().getKeyType(), call.getType().getValueType());
        };
    List<String> elements = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      RelDataType type = types.get(elements.size() % types.size());
      elements.add(e.conversions().convert(e.emit(operand), type, operand).boxed());
    }
    String code = format.formatted("new Object[] {" + String.join(", ", elements) + "}");
    return e.strict(call, List.of(), kind, code, kind == Kind.MAP, false);
  }

  private Val item(RexCall call) {
    List<Val> operands = e.operands(call);
    Val container = operands.get(0);
    Val key = operands.get(1);
    if (container.kind() == Kind.ROW && call.getOperands().get(1) instanceof RexLiteral literal) {
      int index =
          key.kind() == Kind.STRING
              ? container.type().getField((String) Literals.value(literal), false, false).getIndex()
              : ((Number) Literals.value(literal)).intValue() - 1;
      return reached(call, operands, container.code() + "[" + index + "]");
    }
    String code =
        container.kind() == Kind.MAP
            ? container.code() + ".get(" + key.boxed() + ")"
            : VALUES + "element(" + container.code() + ", " + key.code() + ")";
    return reached(call, operands, code);
  }

  private Val reached(RexCall call, List<Val> operands, String code) {
    Val object = e.strict(call, operands, Kind.ANY, code, false, true);
    RelDataType nullable = e.rex.getTypeFactory().createTypeWithNullability(call.getType(), true);
    return e.unbox(object.code(), nullable);
  }

  /** A call of the library's function of that name that fits the operands best. */
  private Val named(String name, RexCall call, List<RexNode> nodes) {
    List<Implementation> candidates = Functions.of(name);
    if (candidates.isEmpty()) {
      throw new UnsupportedQueryException(
          "the function " + name + " in " + e.sql(call) + " cannot be computed row by row");
    }
    List<RelDataType> types = nodes.stream().map(RexNode::getType).toList();
    Implementation best = null;
    int bestScore = Integer.MAX_VALUE;
    for (Implementation candidate : candidates) {
      int score = score(candidate, types);
      if (score != NO_WAY && score < bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    if (best == null) {
      throw new UnsupportedQueryException(
          e.sql(call) + ": there is no " + name + " for arguments of the types " + types);
    }
    return invoke(best, call, nodes);
  }

  private static int score(Implementation implementation, List<RelDataType> types) {
    Class<?>[] parameters = implementation.method().getParameterTypes();
    boolean open = implementation.method().isVarArgs();
    if (open ? types.size() < parameters.length - 1 : types.size() != parameters.length) {
      return NO_WAY;
    }
    int sum = open ? 50 : 0;
    boolean texts = implementation.texts();
    for (int i = 0; i < types.size(); i++) {
      int score =
          open && i >= parameters.length - 1
              ? 1
              : texts && parameters[i] == String.class
                  ? 5
                  : score(types.get(i), parameters[i], implementation.dates());
      if (score == NO_WAY) {
        return NO_WAY;
      }
      sum += score;
    }
    return sum;
  }

  private static int score(RelDataType type, Class<?> parameter, boolean dates) {
    if (Prepared.class.isAssignableFrom(parameter)) {
      return Kind.of(type) == Kind.STRING ? 0 : NO_WAY;
    }
    Kind to = Kind.of(parameter);
    if (type.getSqlTypeName() == SqlTypeName.DATE) {
      return dates
          ? to == Kind.LONG ? 0 : NO_WAY
          : to == Kind.INT ? 0 : to == Kind.ANY ? 5 : NO_WAY;
    }
    Kind from = Kind.of(type);
    if (from == to || from == Kind.ANY) {
      return 0;
    }
    if (to == Kind.ANY) {
      return 5;
    }
    if (!from.number() || !to.number() || Types.isTemporal(type)) {
      return NO_WAY;
    }
    return switch (to) {
      case LONG -> from == Kind.INT ? 1 : NO_WAY;
      case INT -> from == Kind.LONG ? 6 : NO_WAY;
      case DECIMAL -> from == Kind.LONG ? 1 : from == Kind.INT ? 2 : NO_WAY;
      case DOUBLE -> from == Kind.FLOAT ? 1 : from == Kind.DECIMAL ? 4 : 3;
      default -> NO_WAY;
    };
  }

  private Val invoke(Implementation chosen, RexCall call, List<RexNode> nodes) {
    Class<?>[] parameters = chosen.method().getParameterTypes();
    boolean open = chosen.method().isVarArgs();
    List<Val> operands = new ArrayList<>();
    List<String> args = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      boolean last = open && i >= parameters.length - 1;
      if (!last
          && Prepared.class.isAssignableFrom(parameters[i])
          && nodes.get(i) instanceof RexLiteral literal
          && !literal.isNull()) {
        args.add(e.prepared(parameters[i], (String) Literals.value(literal), call));
        continue;
      }
      Val value = e.emit(nodes.get(i));
      if (chosen.texts() && value.kind() != Kind.STRING && wantsText(parameters, i, open)) {
        value = e.conversions().text(value, nodes.get(i));
      }
      operands.add(value);
      if (last) {
        rest.add(
            chosen.common()
                ? e.conversions().convert(value, call.getType(), call).boxed()
                : value.boxed());
      } else {
        args.add(argument(value, parameters[i], chosen));
      }
    }
    if (open) {
      String element = parameters[parameters.length - 1].getComponentType().getName();
      args.add("new " + element + "[] {" + String.join(", ", rest) + "}");
    }
    String code = chosen.java() + "(" + String.join(", ", args) + ")";
    return returned(chosen, call, chosen.nulls() ? List.of() : operands, code);
  }

  private static boolean wantsText(Class<?>[] parameters, int i, boolean open) {
    return (open && i >= parameters.length - 1)
        ? parameters[parameters.length - 1] == String[].class
        : parameters[i] == String.class;
  }

  private String argument(Val value, Class<?> parameter, Implementation chosen) {
    if (Prepared.class.isAssignableFrom(parameter)) {
      return parameter.getName() + ".of(" + value.code() + ")";
    }
    Kind to = Kind.of(parameter);
    if (chosen.dates() && value.type().getSqlTypeName() == SqlTypeName.DATE) {
      return "io.millrace.rows.library.Times.ofDate(" + value.code() + ")";
    }
    if (chosen.nulls() && value.nullable()) {
      return to == value.kind() || to == Kind.ANY
          ? value.boxed()
          : "("
              + value.isNull()
              + " ? null : "
              + new Val(to, e.conversions().widen(value, to), null, null, value.type()).boxed()
              + ")";
    }
    if (value.kind() == Kind.LONG && to == Kind.INT) {
      return "io.millrace.rows.library.Casts.toInteger(" + value.code() + ")";
    }
    return parameter.isPrimitive()
        ? e.conversions().widen(value, to)
        : new Val(to, e.conversions().widen(value, to), null, null, value.type()).boxed();
  }

  private Val returned(Implementation chosen, RexCall call, List<Val> operands, String code) {
    Class<?> type = chosen.method().getReturnType();
    Kind gives = Kind.of(type);
    boolean mayBeNull = !type.isPrimitive() && call.getType().isNullable();
    if (!type.isPrimitive() && gives.primitive() && !mayBeNull) {
      code = code + gives.unbox();
    }
    Kind wanted = Kind.of(call.getType());
    if (wanted == Kind.DECIMAL && gives == Kind.DECIMAL) {
      code =
          "io.millrace.rows.library.Numbers.fit("
              + code
              + ", "
              + call.getType().getPrecision()
              + ", "
              + Types.scale(call.getType())
              + ")";
    }
    Val value = e.strict(call, operands, gives, code, true, mayBeNull);
    if (gives == wanted || wanted == Kind.ANY) {
      return value;
    }
    if (gives == Kind.ANY) {
      return e.unbox(value.code(), call.getType());
    }
    if (gives == Kind.LONG && wanted == Kind.INT) {
      return e.strict(
          call,
          List.of(value),
          Kind.INT,
          "io.millrace.rows.library.Casts.toInteger(" + value.code() + ")",
          true,
          false);
    }
    return new Val(
        wanted, e.conversions().widen(value, wanted), value.isNull(), null, call.getType());
  }
}
