package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.environment.ModelDescription;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.CacheTable;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans models, each when it is first needed. */
final class ModelPlanner {

  private final PlanContext context;
  private final Map<String, CacheTable> tables = new HashMap<>();

  ModelPlanner(PlanContext context) {
    this.context = context;
  }

  /**
   * The model that PREDICT names; null when there is none, or it is faulty, which has been said.
   */
  CacheTable table(List<String> names, SqlParserPos pos) {
    String name = names.get(names.size() - 1);
    Declaration declaration = names.size() == 1 ? context.names.get(PlanContext.key(name)) : null;
    if (declaration != null && declaration.statement() instanceof Statement.CreateModel) {
      plan(declaration);
      return tables.get(PlanContext.key(name));
    }
    if (declaration != null) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          name + " is " + declaration.noun() + "; PREDICT begins with the name of a model");
    } else if (!context.unreadable.contains(PlanContext.key(name))) {
      context.diagnostics.unknown(
          Code.UNKNOWN_MODEL,
          pos,
          "there is no model " + String.join(".", names) + "; CREATE MODEL makes one.",
          name,
          context.names.values().stream()
              .filter(d -> d.statement() instanceof Statement.CreateModel)
              .map(Declaration::name)
              .toList());
    }
    return null;
  }

  void plan(Declaration declaration) {
    String key = PlanContext.key(declaration.name());
    if (tables.containsKey(key)) {
      return;
    }
    tables.put(key, model(declaration));
  }

  private CacheTable model(Declaration declaration) {
    Statement.CreateModel statement = (Statement.CreateModel) declaration.statement();
    int before = context.diagnostics.size();
    Map<String, String> options =
        context.options.check(
            statement.options(),
            "a model",
            KnownOptions.MODEL,
            statement.name().getParserPosition());
    if (context.diagnostics.errorsAfter(before)) {
      return null;
    }
    return switch (context.environment.model(options)) {
      case ModelDescription.Unusable unusable -> {
        context.diagnostics.error(Code.INVALID_MODEL, location(statement), unusable.message());
        yield null;
      }
      case ModelDescription.Known known -> {
        CacheTable table = table(declaration.name(), known);
        Component.Builder component =
            context
                .component(declaration, declaration.name(), ComponentKind.MODEL, "enrichment")
                .setConnector(options.get("type"))
                .setOptions(options)
                .setRowSchema(
                    AvroTypes.toAvro(
                            table.columns(), context.application + "." + declaration.name())
                        .toString())
                .setKey(table.key());
        context.add(component, declaration, null);
        yield table;
      }
    };
  }

  private static CacheTable table(String name, ModelDescription.Known known) {
    List<Field> fields = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (int i = 0; i < known.features().size(); i++) {
      key.add("f" + (i + 1));
      fields.add(Field.required("f" + (i + 1), known.features().get(i)));
    }
    fields.add(Field.nullable(CacheTable.PREDICTION, known.prediction()));
    return new CacheTable(name, new RowType(fields), key, true);
  }

  private static SqlParserPos location(Statement.CreateModel statement) {
    return statement.options().stream()
        .filter(option -> option.name().equalsIgnoreCase("location"))
        .map(option -> option.value().pos())
        .findFirst()
        .orElse(statement.name().getParserPosition());
  }
}
