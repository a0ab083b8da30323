package io.millrace.rows.code;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Questions about Calcite's types. */
final class Types {

  private Types() {}

  static boolean isDayTime(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  static boolean isYearMonth(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  static boolean isInterval(RelDataType type) {
    return isDayTime(type) || isYearMonth(type);
  }

  static boolean isTemporal(RelDataType type) {
    return SqlTypeUtil.isDatetime(type) || isInterval(type);
  }

  static int scale(RelDataType type) {
    return Math.max(0, type.getScale());
  }

  /** The same type but for NULL. */
  static boolean same(RelDataType a, RelDataType b) {
    return a.getSqlTypeName() == b.getSqlTypeName() && bare(a).equals(bare(b));
  }

  private static String bare(RelDataType type) {
    return type.getFullTypeString().replace(" NOT NULL", "");
  }
}
