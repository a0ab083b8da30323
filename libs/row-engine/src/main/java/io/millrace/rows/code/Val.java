package io.millrace.rows.code;

import org.apache.calcite.rel.type.RelDataType;

/**
 * A value that generated code can read.
 *
 * @param code a local or a constant of the kind's Java type; without meaning while the value is
 *     null
 * @param isNull a Java condition, or null when the value never is
 * @param object a Java expression for the value as an object where there is one already, else null
 */
record Val(Kind kind, String code, String isNull, String object, RelDataType type) {

  static Val never(Kind kind, String code, RelDataType type) {
    return new Val(kind, code, null, null, type);
  }

  boolean nullable() {
    return isNull != null;
  }

  Val as(RelDataType other) {
    return new Val(kind, code, isNull, object, other);
  }

  String boxed() {
    if (!kind.primitive()) {
      return "true".equals(isNull) ? "null" : code;
    }
    if (object != null) {
      return object;
    }
    String box = kind.boxed + ".valueOf(" + code + ")";
    return isNull == null
        ? box
        : isNull.equals("true") ? "null" : "(" + isNull + " ? null : " + box + ")";
  }

  /** A Java condition: the value is not null and true. */
  String isTrue() {
    return isNull == null ? code : "(!" + isNull + " && " + code + ")";
  }
}
