package io.millrace.flow.functions;

/** The chapters of the function reference. */
public enum FunctionCategory {
  OPERATORS("Operators and conditions"),
  TEXT("Text"),
  NUMBERS("Numbers"),
  TIME("Dates and times"),
  JSON("JSON"),
  COLLECTIONS("Rows, arrays and maps"),
  MASKING("Masking"),
  HASHING("Hashing and encoding"),
  GEOGRAPHY("Geography"),
  AGGREGATES("Aggregates and window functions");

  private final String title;

  FunctionCategory(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
