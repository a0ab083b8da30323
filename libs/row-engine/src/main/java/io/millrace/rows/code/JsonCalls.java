package io.millrace.rows.code;

import io.millrace.flow.type.CalciteTypes;
import io.millrace.rows.library.JsonPath;
import io.millrace.schemas.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;

/** The JSON functions of standard SQL, which have clauses instead of arguments. */
final class JsonCalls {
  private static final String JSON = "io.millrace.rows.library.JsonFunctions.";
  private static final String TYPES = "io.millrace.schemas.type.DataType";

  private final Emitter e;

  JsonCalls(Emitter emitter) {
    this.e = emitter;
  }

  /** Null when the call is none of these. */
  Val call(RexCall call) {
    return switch (call.getOperator().getName()) {
      case "JSON_VALUE" -> value(call);
      case "JSON_QUERY" -> query(call);
      case "JSON_EXISTS" -> exists(call);
      case "JSON_OBJECT" -> object(call);
      case "JSON_ARRAY" -> array(call);
      case "FORMAT JSON" -> e.emit(call.getOperands().getFirst());
      case "TO_JSON" -> {
        Val value = e.emit(call.getOperands().getFirst());
        String code =
            JSON
                + "toJson("
                + value.boxed()
                + ", "
                + e.constant(type(call.getOperands().getFirst()), TYPES)
                + ")";
        yield e.strict(call, List.of(value), Kind.STRING, code, true, false);
      }
      default -> null;
    };
  }

  private String path(RexCall call, List<Val> operands) {
    RexNode path = call.getOperands().get(1);
    if (path instanceof RexLiteral literal && !literal.isNull()) {
      return e.prepared(JsonPath.class, (String) Literals.value(literal), call);
    }
    Val value = e.emit(path);
    operands.add(value);
    return JsonPath.class.getName() + ".of(" + value.code() + ")";
  }

  private static Object symbol(RexNode node) {
    return node instanceof RexLiteral literal && literal.getValue() instanceof Enum<?> symbol
        ? symbol
        : null;
  }

  /** What to do on empty or on error. */
  private record Behavior(int mode, RexNode value) {}

  private static Behavior behavior(RexCall call, SqlJsonEmptyOrError when) {
    Behavior current = null;
    List<RexNode> operands = call.getOperands();
    for (int i = 2; i < operands.size(); i++) {
      switch (symbol(operands.get(i))) {
        case SqlJsonValueEmptyOrErrorBehavior what ->
            current =
                switch (what) {
                  case ERROR -> new Behavior(1, null);
                  case NULL -> new Behavior(0, null);
                  case DEFAULT -> new Behavior(2, operands.get(++i));
                };
        case SqlJsonEmptyOrError which when which == when -> {
          return current;
        }
        case null, default -> {}
      }
    }
    return new Behavior(0, null);
  }

  private Val value(RexCall call) {
    RelDataType type = call.getType();
    List<Val> operands = new ArrayList<>();
    operands.add(e.emit(call.getOperands().getFirst()));
    String path = path(call, operands);
    Behavior onEmpty = behavior(call, SqlJsonEmptyOrError.EMPTY);
    Behavior onError = behavior(call, SqlJsonEmptyOrError.ERROR);
    RelDataType text = e.text(true);
    RexNode found = e.rex.makeLiteral("?");
    Val raw =
        e.strict(
            call,
            operands,
            Kind.STRING,
            JSON
                + "value("
                + operands.getFirst().code()
                + ", "
                + path
                + ", "
                + onEmpty.mode()
                + ", "
                + onError.mode()
                + ")",
            true,
            true);
    Val result = e.declare(type, Kind.of(type), true, true);
    String label = e.local("l");
    String failed = e.local("f");
    e.line("boolean " + failed + " = " + JSON + "isFailed(" + raw.code() + ");");
    e.line(label + ": {");
    e.scoped(() -> {
      fallBack(result, JSON + "isEmpty(" + raw.code() + ")", onEmpty, label);
      e.line("if (!" + failed + ") {");
      if (onError.mode() != 1) {
        e.line("try {");
      }
      Val converted = e.conversions().convert(raw.as(text), type, found);
      e.assign(result, converted);
      e.line("if (true) break " + label + ";");
      if (onError.mode() != 1) {
        e.line("} catch (io.millrace.rows.library.RowException e) { " + failed + " = true; }");
      }
      e.line("}");
      fallBack(result, failed, onError, label);
    });
    e.line("}");
    return result;
  }

  private void fallBack(Val result, String condition, Behavior behavior, String label) {
    if (behavior.mode() == 2) {
      e.line("if (" + condition + ") {");
      e.scoped(() -> {
        Val value = e.emit(behavior.value());
        Val converted =
            value.kind() == result.kind()
                ? value
                : e.conversions().convert(value, result.type(), behavior.value());
        e.assign(result, converted);
      });
      e.line("if (true) break " + label + "; }");
    }
  }

  private Val query(RexCall call) {
    int wrap = 0;
    List<String> behaviors = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      switch (symbol(operand)) {
        case SqlJsonQueryWrapperBehavior wrapper ->
            wrap =
                switch (wrapper) {
                  case WITHOUT_ARRAY -> 0;
                  case WITH_CONDITIONAL_ARRAY -> 1;
                  case WITH_UNCONDITIONAL_ARRAY -> 2;
                };
        case SqlJsonQueryEmptyOrErrorBehavior behavior ->
            behaviors.add(
                switch (behavior) {
                  case ERROR -> "\"error\"";
                  case NULL -> "null";
                  case EMPTY_ARRAY -> "\"[]\"";
                  case EMPTY_OBJECT -> "\"{}\"";
                });
        case null, default -> {}
      }
    }
    List<Val> operands = new ArrayList<>();
    operands.add(e.emit(call.getOperands().getFirst()));
    String path = path(call, operands);
    String code =
        JSON
            + "query("
            + operands.getFirst().code()
            + ", "
            + path
            + ", "
            + wrap
            + ", "
            + (behaviors.isEmpty() ? "null" : behaviors.get(0))
            + ", "
            + (behaviors.size() < 2 ? "null" : behaviors.get(1))
            + ")";
    return e.strict(call, operands, Kind.STRING, code, true, true);
  }

  private Val exists(RexCall call) {
    SqlJsonExistsErrorBehavior behavior = SqlJsonExistsErrorBehavior.FALSE;
    for (RexNode operand : call.getOperands()) {
      if (symbol(operand) instanceof SqlJsonExistsErrorBehavior given) {
        behavior = given;
      }
    }
    List<Val> operands = new ArrayList<>();
    operands.add(e.emit(call.getOperands().getFirst()));
    String path = path(call, operands);
    String onError =
        switch (behavior) {
          case TRUE -> "Boolean.TRUE";
          case FALSE -> "Boolean.FALSE";
          default -> "null";
        };
    String code =
        JSON
            + "exists("
            + operands.getFirst().code()
            + ", "
            + path
            + ", "
            + (behavior == SqlJsonExistsErrorBehavior.ERROR)
            + ", "
            + onError
            + ")";
    return e.strict(call, operands, Kind.BOOLEAN, code, true, true);
  }

  private Val object(RexCall call) {
    List<RexNode> members = call.getOperands().subList(1, call.getOperands().size());
    List<String> elements = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      elements.add(e.emit(members.get(i)).boxed());
      if (i % 2 == 1) {
        types.add(type(members.get(i)));
      }
    }
    return constructed(call, "object", elements, types);
  }

  private Val array(RexCall call) {
    List<RexNode> members = call.getOperands().subList(1, call.getOperands().size());
    List<String> elements = members.stream().map(m -> e.emit(m).boxed()).toList();
    return constructed(call, "array", elements, members.stream().map(JsonCalls::type).toList());
  }

  private Val constructed(
      RexCall call, String method, List<String> elements, List<DataType> types) {
    boolean absent =
        symbol(call.getOperands().getFirst()) == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    String code =
        JSON
            + method
            + "(new Object[] {"
            + String.join(", ", elements)
            + "}, "
            + e.constant(types.toArray(DataType[]::new), TYPES + "[]")
            + ", "
            + absent
            + ")";
    return e.strict(call, List.of(), Kind.STRING, code, true, false);
  }

  /** The type that tells how a value is written: what is made as JSON is not written as text. */
  private static DataType type(RexNode node) {
    if (node instanceof RexCall call) {
      switch (call.getOperator().getName()) {
        case "FORMAT JSON", "JSON_OBJECT", "JSON_ARRAY", "JSON_QUERY" -> {
          return DataType.JSON;
        }
        default -> {}
      }
    }
    return node.getType().getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.NULL
        ? DataType.STRING
        : CalciteTypes.toDataType(node.getType());
  }
}
