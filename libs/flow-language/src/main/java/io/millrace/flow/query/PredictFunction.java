package io.millrace.flow.query;

import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlValidatorException;

/**
 * {@code PREDICT(model, feature, …)}: what a model says of these features; NULL when one of them
 * is. The model's name arrives as a text. One is for one query and the models that it may ask.
 */
final class PredictFunction extends SqlFunction {

  static final String NAME = "PREDICT";

  private final Map<String, CacheTable> models = new HashMap<>();

  PredictFunction(Collection<CacheTable> tables) {
    super(NAME, SqlKind.OTHER_FUNCTION, null, null, null, SqlFunctionCategory.SYSTEM);
    tables.stream()
        .filter(CacheTable::model)
        .forEach(table -> models.put(table.name().toLowerCase(Locale.ROOT), table));
  }

  /** The model of a call. */
  CacheTable model(String name) {
    return models.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.from(1);
  }

  @Override
  public SqlOperandTypeChecker getOperandTypeChecker() {
    return null;
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    CacheTable model = model(binding);
    SqlParserPos pos = binding.getCall().getParserPosition();
    int given = binding.getOperandCount() - 1;
    if (given != model.key().size()) {
      throw fault(
          pos,
          "model "
              + model.name()
              + " is given "
              + given
              + (given == 1 ? " feature" : " features")
              + " and takes "
              + model.key().size()
              + ": "
              + features(model));
    }
    for (int i = 0; i < given; i++) {
      RelDataType type = binding.getOperandType(i + 1);
      boolean text = model.columns().field(i).type().equals(DataType.STRING);
      boolean fits =
          text
              ? SqlTypeFamily.CHARACTER.contains(type)
              : SqlTypeFamily.NUMERIC.contains(type) || SqlTypeFamily.BOOLEAN.contains(type);
      if (!fits && type.getSqlTypeName() != org.apache.calcite.sql.type.SqlTypeName.NULL) {
        throw fault(
            binding.operand(i + 1).getParserPosition(),
            "feature "
                + (i + 1)
                + " of model "
                + model.name()
                + " is a "
                + (text ? "text" : "number")
                + " and this is "
                + QueryFaults.plain(type.toString()).toUpperCase(Locale.ROOT)
                + "; it takes "
                + features(model));
      }
    }
    return true;
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    CacheTable model = model(binding);
    Field prediction = model.columns().field(model.columns().size() - 1);
    return CalciteTypes.toCalcite(
        prediction.type(), true, (FlowTypeFactory) binding.getTypeFactory());
  }

  private CacheTable model(SqlOperatorBinding binding) {
    String name =
        binding.isOperandLiteral(0, false) ? binding.getOperandLiteralValue(0, String.class) : null;
    CacheTable model = name == null ? null : model(name);
    if (model == null) {
      throw fault(
          binding instanceof SqlCallBinding call
              ? call.getCall().getParserPosition()
              : SqlParserPos.ZERO,
          "PREDICT begins with the name of a model that CREATE MODEL made");
    }
    return model;
  }

  private static String features(CacheTable model) {
    return model.columns().fields().stream()
        .limit(model.key().size())
        .map(field -> field.name() + " " + field.type().sql())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static CalciteContextException fault(SqlParserPos pos, String message) {
    return new CalciteContextException(
        message,
        new SqlValidatorException(message, null),
        pos.getLineNum(),
        pos.getColumnNum(),
        pos.getEndLineNum(),
        pos.getEndColumnNum());
  }
}
