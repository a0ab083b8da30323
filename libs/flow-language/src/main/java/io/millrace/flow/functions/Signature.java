package io.millrace.flow.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Reads the signatures of {@link FunctionDefinition} and makes validator functions of them. */
final class Signature {
  private static final Pattern FORM =
      Pattern.compile("([A-Z_0-9]+)\\(([^()]*)\\)(?: WITHIN GROUP \\(.*\\))? -> ([A-Z<>]+)([?!]?)");

  /** The parser knows these by keywords and looks them up among the functions of time. */
  private static final Set<String> KEYWORDS = Set.of("DATE_TRUNC", "TIMESTAMPADD", "TIMESTAMPDIFF");

  private final String name;
  private final String text;
  private final List<String> types = new ArrayList<>();
  private final int required;
  private final boolean open;
  private final String result;
  private final String nullability;

  private Signature(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a signature: " + text);
    }
    this.text = text;
    this.name = form.group(1);
    this.result = form.group(3);
    this.nullability = form.group(4);
    String parameters = form.group(2);
    this.open = parameters.contains("...");
    int optional = 0;
    String listed = parameters.replace("[DISTINCT] ", "");
    for (String parameter : listed.split(",")) {
      String bare = parameter.replaceAll("[\\[\\].]", " ").strip();
      if (!bare.isEmpty()) {
        types.add(bare.substring(bare.lastIndexOf(' ') + 1));
      }
    }
    for (char c : listed.toCharArray()) {
      optional += c == '[' ? 1 : 0;
    }
    this.required = types.size() - optional;
  }

  /** One function for all its signatures, which have the same result. */
  static SqlFunction function(List<String> texts, SqlKind kind) {
    List<Signature> all = texts.stream().map(Signature::new).toList();
    Signature first = all.getFirst();
    return new SqlFunction(
        first.name,
        kind,
        first.returns(),
        null,
        operands(all),
        KEYWORDS.contains(first.name)
            ? SqlFunctionCategory.TIMEDATE
            : SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  /** An aggregate function. */
  static SqlAggFunction aggregate(String text, SqlKind kind, boolean percentile) {
    Signature first = new Signature(text);
    SqlReturnTypeInference scalar = first.returns();
    SqlReturnTypeInference result =
        binding -> {
          RelDataType type = scalar.inferReturnType(binding);
          boolean empty = binding.getGroupCount() == 0 || binding.hasFilter();
          return empty && !first.nullability.equals("!")
              ? binding.getTypeFactory().createTypeWithNullability(type, true)
              : type;
        };
    SqlOperandTypeChecker operands =
        kind == SqlKind.MIN || kind == SqlKind.MAX
            ? OperandTypes.COMPARABLE_ORDERED
            : AggregateFunction.strict(
                first.operands(), first.types.stream().map(Signature::family).toList());
    return new AggregateFunction(first.name, kind, result, operands, percentile);
  }

  private static SqlOperandTypeChecker operands(List<Signature> all) {
    return all.size() == 1
        ? all.getFirst().operands()
        : OperandTypes.or(
            all.stream().map(Signature::operands).toArray(SqlOperandTypeChecker[]::new));
  }

  private SqlOperandTypeChecker operands() {
    if (open) {
      SqlOperandCountRange count = SqlOperandCountRanges.from(required);
      return OperandTypes.variadic(count);
    }
    if (types.isEmpty()) {
      return OperandTypes.NILADIC;
    }
    return OperandTypes.family(types.stream().map(Signature::family).toList(), i -> i >= required);
  }

  private static SqlTypeFamily family(String type) {
    return switch (type) {
      case "STRING", "JSON" -> SqlTypeFamily.CHARACTER;
      case "INT", "BIGINT" -> SqlTypeFamily.INTEGER;
      case "NUMBER", "DOUBLE" -> SqlTypeFamily.NUMERIC;
      case "BOOLEAN" -> SqlTypeFamily.BOOLEAN;
      case "BYTES" -> SqlTypeFamily.BINARY;
      case "DATE" -> SqlTypeFamily.DATE;
      case "TIMESTAMP", "DATETIME" -> SqlTypeFamily.DATETIME;
      case "ARRAY" -> SqlTypeFamily.ARRAY;
      case "MAP" -> SqlTypeFamily.MAP;
      case "ANY", "UNIT" -> SqlTypeFamily.ANY;
      default -> throw new IllegalArgumentException("no type of a parameter: " + type);
    };
  }

  private SqlReturnTypeInference returns() {
    return binding -> {
      RelDataTypeFactory factory = binding.getTypeFactory();
      RelDataType type = base(binding, factory);
      boolean nullable =
          switch (nullability) {
            case "?" -> true;
            case "!" -> false;
            default -> binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
          };
      return factory.createTypeWithNullability(type, nullable);
    };
  }

  private RelDataType base(SqlOperatorBinding binding, RelDataTypeFactory factory) {
    return switch (result) {
      case "STRING" -> factory.createSqlType(SqlTypeName.VARCHAR);
      case "JSON" ->
          factory instanceof io.millrace.flow.type.FlowTypeFactory flow
              ? flow.createJsonType()
              : factory.createSqlType(SqlTypeName.VARCHAR);
      case "INT" -> factory.createSqlType(SqlTypeName.INTEGER);
      case "BIGINT" -> factory.createSqlType(SqlTypeName.BIGINT);
      case "DOUBLE" -> factory.createSqlType(SqlTypeName.DOUBLE);
      case "BOOLEAN" -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case "BYTES" -> factory.createSqlType(SqlTypeName.VARBINARY);
      case "DATE" -> factory.createSqlType(SqlTypeName.DATE);
      case "TIMESTAMP" -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
      case "SAME" -> binding.getOperandType(0);
      case "LAST" -> binding.getOperandType(binding.getOperandCount() - 1);
      case "TOTAL" -> factory.getTypeSystem().deriveSumType(factory, binding.getOperandType(0));
      case "AVERAGE" ->
          factory.getTypeSystem().deriveAvgAggType(factory, binding.getOperandType(0));
      case "ORDERED" -> binding.getCollationType();
      case "LIST" ->
          factory.createArrayType(
              factory.createTypeWithNullability(binding.getOperandType(0), true), -1);
      case "COMMON" -> common(binding, factory);
      case "ARRAY<STRING>" ->
          factory.createArrayType(
              factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true),
              -1);
      case "ARRAY<KEY>" -> factory.createArrayType(binding.getOperandType(0).getKeyType(), -1);
      case "ARRAY<VALUE>" -> factory.createArrayType(binding.getOperandType(0).getValueType(), -1);
      default -> throw new IllegalArgumentException("no type of a result: " + text);
    };
  }

  private RelDataType common(SqlOperatorBinding binding, RelDataTypeFactory factory) {
    RelDataType type = factory.leastRestrictive(binding.collectOperandTypes());
    if (type == null) {
      throw new IllegalArgumentException(
          "the arguments of " + name + " have no type in common: " + binding.collectOperandTypes());
    }
    return type;
  }
}
