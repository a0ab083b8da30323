package io.millrace.flow.type;

import io.millrace.schemas.type.DataType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** The ranges of the types: TIME and TIMESTAMP in microseconds, DECIMAL of up to 65 digits. */
public final class FlowTypeSystem extends RelDataTypeSystemImpl {

  public static final FlowTypeSystem INSTANCE = new FlowTypeSystem();

  /** Microseconds. */
  public static final int TIME_PRECISION = 6;

  private static final int DEFAULT_DECIMAL_PRECISION = 38;

  private static final int INTERVAL_DIGITS = 9;
  private static final int LEAST_SCALE_OF_MEANS = 6;

  private FlowTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DataType.Decimal.MAX_PRECISION;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? DataType.Decimal.MAX_PRECISION : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> DEFAULT_DECIMAL_PRECISION;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
      // INTERVAL '100' SECOND is as good as INTERVAL '100' SECOND(3).
      case INTERVAL_DAY, INTERVAL_HOUR, INTERVAL_MINUTE, INTERVAL_SECOND -> INTERVAL_DIGITS;
      default -> super.getDefaultPrecision(type);
    };
  }

  /** {@code CASE WHEN x THEN 'a' ELSE 'abc' END} is no text of three characters with blanks. */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  /** Whole numbers add up to BIGINT, decimals keep their scale. */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType type =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
          case DECIMAL ->
              factory.createSqlType(
                  SqlTypeName.DECIMAL,
                  Math.max(DEFAULT_DECIMAL_PRECISION, argument.getPrecision()),
                  argument.getScale());
          default -> argument;
        };
    return factory.createTypeWithNullability(type, argument.isNullable());
  }

  /** The mean of whole numbers is one, that of decimals has at least six decimal places. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    if (argument.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return argument;
    }
    RelDataType type =
        factory.createSqlType(
            SqlTypeName.DECIMAL,
            Math.max(DEFAULT_DECIMAL_PRECISION, argument.getPrecision()),
            Math.max(LEAST_SCALE_OF_MEANS, argument.getScale()));
    return factory.createTypeWithNullability(type, argument.isNullable());
  }

  /** As casts of values that are not constant round. */
  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }
}
