package io.millrace.connector.jdbc;

import io.millrace.schemas.type.DataType;
import java.sql.Types;

/** Whether values of a type fit an existing column. */
enum ColumnFit {
  FITS,
  /** They would if the column were widened; nothing that is in it would be lost. */
  TOO_NARROW,
  INCOMPATIBLE;

  static ColumnFit of(DataType type, TargetColumn column) {
    return switch (type) {
      case DataType.Primitive primitive -> primitive(primitive.kind(), column);
      case DataType.Decimal decimal -> decimal(decimal, column);
      default -> isText(column) || isOther(column) ? FITS : INCOMPATIBLE;
    };
  }

  private static ColumnFit primitive(DataType.Kind kind, TargetColumn column) {
    return switch (kind) {
      case BOOLEAN ->
          column.jdbcType() == Types.BOOLEAN
                  || column.jdbcType() == Types.BIT
                  || integerDigits(column) > 0
                  || isExact(column)
              ? FITS
              : INCOMPATIBLE;
      case INT -> integer(10, column);
      case BIGINT -> integer(19, column);
      case FLOAT -> isFloating(column) ? FITS : INCOMPATIBLE;
      case DOUBLE ->
          isFloating(column) ? (column.jdbcType() == Types.REAL ? TOO_NARROW : FITS) : INCOMPATIBLE;
      case STRING, JSON -> isText(column) || isOther(column) ? FITS : INCOMPATIBLE;
      case BYTES -> isBinary(column) ? FITS : INCOMPATIBLE;
      case DATE -> column.jdbcType() == Types.DATE || isTimestamp(column) ? FITS : INCOMPATIBLE;
      case TIME ->
          column.jdbcType() == Types.TIME
                  || column.jdbcType() == Types.TIME_WITH_TIMEZONE
                  || isText(column)
              ? FITS
              : INCOMPATIBLE;
      case TIMESTAMP -> isTimestamp(column) ? FITS : INCOMPATIBLE;
    };
  }

  private static ColumnFit integer(int digits, TargetColumn column) {
    int available = integerDigits(column);
    if (available > 0) {
      return available >= digits ? FITS : TOO_NARROW;
    }
    if (isExact(column)) {
      return unlimited(column) || column.size() - column.digits() >= digits ? FITS : TOO_NARROW;
    }
    return column.jdbcType() == Types.DOUBLE && digits <= 10 ? FITS : INCOMPATIBLE;
  }

  private static ColumnFit decimal(DataType.Decimal type, TargetColumn column) {
    if (isText(column)) {
      return column.size() >= type.precision() + 3 ? FITS : INCOMPATIBLE;
    }
    if (integerDigits(column) > 0) {
      return type.scale() == 0 && type.precision() < integerDigits(column) ? FITS : TOO_NARROW;
    }
    if (!isExact(column)) {
      return INCOMPATIBLE;
    }
    boolean fits =
        unlimited(column)
            || (column.digits() >= type.scale()
                && column.size() - column.digits() >= type.precision() - type.scale());
    return fits ? FITS : TOO_NARROW;
  }

  /** The type that holds both what the column has and what comes. */
  static DataType widened(DataType type, TargetColumn column) {
    int whole = integerDigits(column) > 0 ? integerDigits(column) : column.size() - column.digits();
    int scale = integerDigits(column) > 0 ? 0 : column.digits();
    return switch (type) {
      case DataType.Decimal d ->
          decimal(Math.max(whole, d.precision() - d.scale()), Math.max(scale, d.scale()));
      case DataType.Primitive p when isExact(column) && p.kind() == DataType.Kind.INT ->
          decimal(Math.max(whole, 10), scale);
      case DataType.Primitive p when isExact(column) && p.kind() == DataType.Kind.BIGINT ->
          decimal(Math.max(whole, 19), scale);
      default -> type;
    };
  }

  private static DataType decimal(int whole, int scale) {
    return DataType.decimal(Math.min(whole + scale, DataType.Decimal.MAX_PRECISION), scale);
  }

  /** PostgreSQL's numeric without precision. */
  private static boolean unlimited(TargetColumn column) {
    return column.size() == 0 || column.size() > 1000;
  }

  private static int integerDigits(TargetColumn column) {
    return switch (column.jdbcType()) {
      case Types.TINYINT -> 3;
      case Types.SMALLINT -> 5;
      case Types.INTEGER -> 10;
      case Types.BIGINT -> 19;
      default -> 0;
    };
  }

  private static boolean isExact(TargetColumn column) {
    return column.jdbcType() == Types.NUMERIC || column.jdbcType() == Types.DECIMAL;
  }

  private static boolean isFloating(TargetColumn column) {
    return switch (column.jdbcType()) {
      case Types.REAL, Types.FLOAT, Types.DOUBLE, 100, 101 -> true;
      default -> false;
    };
  }

  private static boolean isText(TargetColumn column) {
    return switch (column.jdbcType()) {
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          true;
      default -> false;
    };
  }

  private static boolean isOther(TargetColumn column) {
    return column.jdbcType() == Types.OTHER || column.jdbcType() == Types.SQLXML;
  }

  private static boolean isBinary(TargetColumn column) {
    return switch (column.jdbcType()) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }

  private static boolean isTimestamp(TargetColumn column) {
    return switch (column.jdbcType()) {
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> true;
      default -> false;
    };
  }
}
