package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import org.apache.calcite.rel.type.RelDataType;

/** How generated code holds a value. */
enum Kind {
  BOOLEAN("boolean", "Boolean", "false"),
  INT("int", "Integer", "0"),
  LONG("long", "Long", "0L"),
  FLOAT("float", "Float", "0f"),
  DOUBLE("double", "Double", "0d"),
  DECIMAL("java.math.BigDecimal", "java.math.BigDecimal", "null"),
  STRING("String", "String", "null"),
  BYTES("byte[]", "byte[]", "null"),
  LIST("java.util.List", "java.util.List", "null"),
  MAP("java.util.Map", "java.util.Map", "null"),
  ROW("Object[]", "Object[]", "null"),
  ANY("Object", "Object", "null");

  final String java;
  final String boxed;
  final String zero;

  Kind(String java, String boxed, String zero) {
    this.java = java;
    this.boxed = boxed;
    this.zero = zero;
  }

  boolean primitive() {
    return ordinal() <= DOUBLE.ordinal();
  }

  boolean number() {
    return this == INT || this == LONG || this == FLOAT || this == DOUBLE || this == DECIMAL;
  }

  /** From a boxed object to the primitive: {@code .intValue()}. */
  String unbox() {
    return "." + java + "Value()";
  }

  static Kind of(RelDataType type) {
    if (type.isStruct()) {
      return ROW;
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, DATE -> INT;
      case BIGINT,
          TIME,
          TIMESTAMP,
          INTERVAL_YEAR,
          INTERVAL_YEAR_MONTH,
          INTERVAL_MONTH,
          INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          LONG;
      case REAL, FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case DECIMAL -> DECIMAL;
      case CHAR, VARCHAR -> STRING;
      case BINARY, VARBINARY -> BYTES;
      case ARRAY -> LIST;
      case MAP -> MAP;
      case ROW -> ROW;
      case NULL, ANY -> ANY;
      default ->
          throw new UnsupportedQueryException(
              "values of the type " + type + " cannot be computed with");
    };
  }

  static Kind of(Class<?> type) {
    for (Kind kind : values()) {
      if (kind.java.equals(type.getCanonicalName())
          || kind.boxed.equals(type.getCanonicalName())
          || ("java.lang." + kind.boxed).equals(type.getCanonicalName())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(type + " is no kind of value");
  }
}
