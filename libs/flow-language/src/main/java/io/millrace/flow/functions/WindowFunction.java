package io.millrace.flow.functions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.TableCharacteristic;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Static;

/**
 * A table function that puts rows into windows: the table's columns, then window_start, window_end
 * and window_time.
 */
public final class WindowFunction extends SqlWindowTableFunction {

  private static final int MICROSECONDS = 6;

  /** The window functions: TUMBLE, HOP, CUMULATE and SESSION. */
  public static final List<WindowFunction> ALL =
      List.of(
          new WindowFunction("TUMBLE", List.of("SIZE", "OFFSET"), 1, false),
          new WindowFunction("HOP", List.of("SLIDE", "SIZE", "OFFSET"), 2, false),
          new WindowFunction("CUMULATE", List.of("STEP", "SIZE", "OFFSET"), 2, false),
          new WindowFunction("SESSION", List.of("GAP", "KEYS"), 1, true));

  private final boolean partitioned;

  /**
   * @param intervals the names of the intervals behind the table and the time's column
   * @param required how many of them have to be there
   * @param partitioned whether the table may have PARTITION BY
   */
  private WindowFunction(String name, List<String> intervals, int required, boolean partitioned) {
    super(name, new Operands(intervals, required));
    this.partitioned = partitioned;
  }

  @Override
  public TableCharacteristic tableCharacteristic(int ordinal) {
    return ordinal == 0 && partitioned
        ? TableCharacteristic.builder(TableCharacteristic.Semantics.SET).pruneIfEmpty().build()
        : null;
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return WindowFunction::row;
  }

  private static RelDataType row(SqlOperatorBinding binding) {
    RelDataType input = binding.getOperandType(0);
    RelDataTypeFactory types = binding.getTypeFactory();
    RelDataType time = types.createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
    return types
        .builder()
        .kind(input.getStructKind())
        .addAll(input.getFieldList())
        .add("window_start", time)
        .add("window_end", time)
        .add("window_time", time)
        .build();
  }

  /** A table, DESCRIPTOR(column), intervals. */
  private static final class Operands implements SqlOperandMetadata {
    private static final int INTERVALS = 2;
    private final List<String> names = new ArrayList<>(List.of("DATA", "TIMECOL"));
    private final int least;
    private final String signature;

    Operands(List<String> intervals, int required) {
      names.addAll(intervals);
      this.least = INTERVALS + required;
      StringBuilder text = new StringBuilder("(TABLE stream, DESCRIPTOR(time_column)");
      for (int i = 0; i < intervals.size(); i++) {
        if (intervals.get(i).equals("KEYS")) {
          continue;
        }
        String name = intervals.get(i).toLowerCase(Locale.ROOT) + " INTERVAL";
        text.append(i < required ? ", " + name : " [, " + name + "]");
      }
      this.signature = text.append(')').toString();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean fail) {
      boolean fits = fits(binding);
      if (!fits && fail) {
        throw binding.newValidationSignatureError();
      }
      return fits;
    }

    private static boolean fits(SqlCallBinding binding) {
      List<SqlNode> operands = binding.operands();
      RelDataType table = binding.getValidator().getValidatedNodeType(operands.get(0));
      if (table.getSqlTypeName() != SqlTypeName.ROW
          || !(operands.get(1) instanceof SqlCall descriptor)
          || descriptor.getKind() != SqlKind.DESCRIPTOR
          || descriptor.operandCount() != 1
          || !(descriptor.operand(0) instanceof SqlIdentifier column)
          || !column.isSimple()) {
        return false;
      }
      SqlNameMatcher matcher = binding.getValidator().getCatalogReader().nameMatcher();
      if (matcher.field(table, column.getSimple()) == null) {
        throw SqlUtil.newContextException(
            column.getParserPosition(), Static.RESOURCE.columnNotFound(column.getSimple()));
      }
      for (int i = INTERVALS; i < operands.size(); i++) {
        boolean missing = operands.get(i).getKind() == SqlKind.DEFAULT;
        boolean keys =
            binding.getOperator().getName().equals("SESSION")
                && i > INTERVALS
                && operands.get(i).getKind() == SqlKind.DESCRIPTOR;
        if (!missing
            && !keys
            && !SqlTypeUtil.isInterval(
                binding.getValidator().getValidatedNodeType(operands.get(i)))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.between(least, names.size());
    }

    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory types) {
      return Collections.nCopies(names.size(), types.createSqlType(SqlTypeName.ANY));
    }

    @Override
    public List<String> paramNames() {
      return List.copyOf(names);
    }

    @Override
    public boolean isOptional(int i) {
      return i >= least;
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + signature;
    }
  }
}
