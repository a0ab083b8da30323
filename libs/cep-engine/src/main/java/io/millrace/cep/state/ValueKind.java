package io.millrace.cep.state;

/** The kinds of values in written state. */
final class ValueKind {
  static final int NULL = 0;
  static final int FALSE = 1;
  static final int TRUE = 2;
  static final int INT = 3;
  static final int LONG = 4;
  static final int FLOAT = 5;
  static final int DOUBLE = 6;
  static final int DECIMAL = 7;
  static final int STRING = 8;
  static final int BYTES = 9;
  static final int ROW = 10;
  static final int LIST = 11;
  static final int MAP = 12;

  private ValueKind() {}
}
