package io.millrace.rows.library;

import io.millrace.rows.ErrorCode;

/**
 * Thrown by a function for a value it cannot take. Has no stack trace: it is data, and may be
 * frequent.
 */
public final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 100;

  private final ErrorCode code;
  private final String expression;

  public RowException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  private RowException(ErrorCode code, String message, String expression, Throwable cause) {
    super(message, cause, false, false);
    this.code = code;
    this.expression = expression;
  }

  /** Names the expression in which something went wrong. */
  public static RowException located(Throwable cause, String expression) {
    if (cause instanceof RowException known) {
      if (known.expression != null || expression == null) {
        return known;
      }
      return new RowException(
          known.code, known.getMessage() + " in " + expression, expression, known);
    }
    String place = expression == null ? "" : " in or before " + expression;
    if (cause instanceof NullPointerException
        || cause instanceof ClassCastException
        || cause instanceof ArrayIndexOutOfBoundsException) {
      return new RowException(
          ErrorCode.MALFORMED_ROW,
          "the row does not fit its type: " + cause.getMessage() + place,
          expression,
          cause);
    }
    return new RowException(ErrorCode.BAD_ARGUMENT, cause + place, expression, cause);
  }

  /** A value for a message: quoted, and cut when long. */
  public static String quote(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE
        ? "'" + text + "'"
        : "'" + text.substring(0, LONGEST_VALUE) + "…'";
  }

  public static RowException overflow(String type) {
    return new RowException(ErrorCode.OVERFLOW, "the result does not fit " + type);
  }

  public static RowException divisionByZero() {
    return new RowException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
  }

  public static RowException badCast(Object value, String type) {
    return new RowException(ErrorCode.BAD_CAST, quote(value) + " is no " + type);
  }

  public static RowException badArgument(String message) {
    return new RowException(ErrorCode.BAD_ARGUMENT, message);
  }

  public ErrorCode code() {
    return code;
  }

  /** The expression as SQL, or null. */
  public String expression() {
    return expression;
  }
}
