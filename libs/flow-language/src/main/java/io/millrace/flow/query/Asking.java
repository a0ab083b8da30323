package io.millrace.flow.query;

import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;

/**
 * Puts every PREDICT of some expressions into a look-up behind the row: a model is asked for a
 * whole batch at once, as a cache is. Equal calls are asked once.
 */
final class Asking extends RexShuttle {

  private final RexBuilder rex;
  private final List<Step> steps;
  private final Map<String, Integer> asked;
  private RelDataType row;

  Asking(RexBuilder rex, List<Step> steps, RelDataType row, Map<String, Integer> asked) {
    this.rex = rex;
    this.steps = new ArrayList<>(steps);
    this.row = row;
    this.asked = new HashMap<>(asked);
  }

  /** Whether an expression asks a model. */
  static boolean isIn(RexNode node) {
    try {
      node.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
              if (call.getOperator() instanceof PredictFunction) {
                throw Util.FoundOne.NULL;
              }
              return super.visitCall(call);
            }
          });
      return false;
    } catch (Util.FoundOne e) {
      return true;
    }
  }

  List<Step> steps() {
    return steps;
  }

  RelDataType row() {
    return row;
  }

  Map<String, Integer> asked() {
    return asked;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(call.getOperator() instanceof PredictFunction predict)) {
      return visited;
    }
    List<RexNode> operands = ((RexCall) visited).getOperands();
    CacheTable model = predict.model(RexLiteral.stringValue(operands.get(0)));
    String question = model.name() + operands.subList(1, operands.size());
    Integer column = asked.get(question);
    if (column == null) {
      column = ask(model, operands) + model.key().size();
      asked.put(question, column);
    }
    return new RexInputRef(column, row.getFieldList().get(column).getType());
  }

  /** Returns where the model's columns begin. */
  private int ask(CacheTable model, List<RexNode> operands) {
    List<RexNode> keys = new ArrayList<>();
    for (int i = 0; i < model.key().size(); i++) {
      keys.add(feature(operands.get(i + 1), model.columns().field(i)));
    }
    int offset = row.getFieldCount();
    RelDataTypeFactory.Builder wider = rex.getTypeFactory().builder();
    wider.addAll(row.getFieldList());
    for (Field field : model.columns().fields()) {
      wider.add(
          field.name(),
          CalciteTypes.toCalcite(field.type(), true, (FlowTypeFactory) rex.getTypeFactory()));
    }
    row = wider.build();
    steps.add(new Step.Lookup(model.name(), true, keys, null, model.columns().size()));
    return offset;
  }

  private RexNode feature(RexNode value, Field wanted) {
    boolean nullable = value.getType().isNullable();
    RelDataType type =
        CalciteTypes.toCalcite(wanted.type(), nullable, (FlowTypeFactory) rex.getTypeFactory());
    if (value.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
        && wanted.type().equals(DataType.DOUBLE)) {
      return rex.makeCall(
          type,
          SqlStdOperatorTable.CASE,
          List.of(
              rex.makeCall(SqlStdOperatorTable.IS_TRUE, value),
              rex.makeCast(type, rex.makeExactLiteral(java.math.BigDecimal.ONE)),
              rex.makeCall(SqlStdOperatorTable.IS_FALSE, value),
              rex.makeCast(type, rex.makeExactLiteral(java.math.BigDecimal.ZERO)),
              rex.makeCast(type, rex.makeNullLiteral(type))));
    }
    return value.getType().equals(type) ? value : rex.makeCast(type, value);
  }
}
