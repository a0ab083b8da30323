package io.millrace.flow.query;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds the models that a query asks, and writes their names as texts. Changes the tree. */
final class ModelNames extends SqlBasicVisitor<Void> {

  private final RelationResolver resolver;
  private final Map<String, Relation> models = new LinkedHashMap<>();
  private boolean unresolved;

  ModelNames(RelationResolver resolver) {
    this.resolver = resolver;
  }

  void rewrite(SqlNode query) {
    query.accept(this);
  }

  /** The models, by the plan's names. */
  Map<String, Relation> models() {
    return models;
  }

  /** Whether a name stands for no model. */
  boolean hasUnresolved() {
    return unresolved;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call.getOperator().getName().toUpperCase(Locale.ROOT).equals(PredictFunction.NAME)
        && call.operandCount() > 0) {
      switch (call.operand(0)) {
        case SqlIdentifier name -> model(call, name);
        case SqlCharStringLiteral text ->
            model(call, new SqlIdentifier(text.toValue(), text.getParserPosition()));
        default -> {}
      }
    }
    return super.visit(call);
  }

  private void model(SqlCall call, SqlIdentifier name) {
    Relation model = resolver.model(name.names, name.getParserPosition());
    if (model == null) {
      unresolved = true;
      return;
    }
    models.put(model.name(), model);
    call.setOperand(0, SqlLiteral.createCharString(model.name(), name.getParserPosition()));
  }
}
