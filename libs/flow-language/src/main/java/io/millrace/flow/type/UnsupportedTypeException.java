package io.millrace.flow.type;

/** An expression has a type that events do not have. */
public final class UnsupportedTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String column;
  private final int index;
  private final String type;

  UnsupportedTypeException(String type) {
    this(null, -1, type);
  }

  UnsupportedTypeException(String column, int index, String type) {
    super(
        (column == null ? "a value" : "column " + column)
            + " has the type "
            + type
            + ", which events cannot hold; cast it to another type");
    this.column = column;
    this.index = index;
    this.type = type;
  }

  /** The column, or null when the type is not a column's. */
  public String column() {
    return column;
  }

  /** The column's position, or -1. */
  public int index() {
    return index;
  }

  public String type() {
    return type;
  }
}
