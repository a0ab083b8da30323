package io.millrace.models;

/** Features as models take them. */
final class Features {

  private Features() {}

  static double number(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Boolean flag -> flag ? 1 : 0;
      default -> throw new ModelException("a number is expected and not " + value);
    };
  }

  static long integer(Object value) {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number;
      case Boolean flag -> flag ? 1 : 0;
      case Number number -> Math.round(number.doubleValue());
      default -> throw new ModelException("a number is expected and not " + value);
    };
  }
}
