package io.millrace.connector;

/**
 * Something that a check found.
 *
 * @param severity whether the connector could run all the same
 * @param code a named error of the connector's module
 * @param option the option at fault, or null
 * @param message what is wrong
 * @param fix what to do, in a sentence; or null
 * @param statement the statement or command that fixes it, ready to be run; or null
 */
public record Problem(
    Severity severity, String code, String option, String message, String fix, String statement) {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public static Problem error(String code, String option, String message, String fix) {
    return new Problem(Severity.ERROR, code, option, message, fix, null);
  }

  /** The same problem with the statement that fixes it. */
  public Problem withStatement(String fixing) {
    return new Problem(severity, code, option, message, fix, fixing);
  }
}
