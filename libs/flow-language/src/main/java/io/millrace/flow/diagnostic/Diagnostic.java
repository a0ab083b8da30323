package io.millrace.flow.diagnostic;

import java.util.List;
import java.util.Objects;

/**
 * Something that is wrong with a script, or worth knowing.
 *
 * @param severity an ERROR leaves no plan
 * @param code what kind of thing it is
 * @param message a sentence that says what is wrong and, where that is not plain, what to do
 * @param line where it starts, from 1
 * @param column where it starts, from 1, in characters
 * @param endLine where it ends, from 1
 * @param endColumn where it ends, from 1, that character included
 * @param text the offending text, empty when it is the end of the script
 * @param expected what could stand there instead; empty when that is no short list
 * @param suggestion what was probably meant, or null
 */
public record Diagnostic(
    Severity severity,
    Code code,
    String message,
    int line,
    int column,
    int endLine,
    int endColumn,
    String text,
    List<String> expected,
    String suggestion) {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING,
    INFO
  }

  public Diagnostic {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    text = text == null ? "" : text;
    expected = expected == null ? List.of() : List.copyOf(expected);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** What is wrong and what to do, without the place. */
  public String advice() {
    return message + (suggestion == null ? "" : " Did you mean " + suggestion + "?");
  }

  /** The way a terminal shows it: {@code 3:14 error UNKNOWN_COLUMN: ...}. */
  @Override
  public String toString() {
    return line
        + ":"
        + column
        + " "
        + severity.name().toLowerCase(java.util.Locale.ROOT)
        + " "
        + code
        + ": "
        + advice();
  }
}
