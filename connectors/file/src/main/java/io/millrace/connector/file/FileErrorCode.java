package io.millrace.connector.file;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import java.nio.file.Path;

/** What can be wrong with files, with the remedy. */
public enum FileErrorCode {
  DIRECTORY_NOT_ALLOWED("name a directory under one of those, or add it to MILLRACE_FILES_ALLOWED"),
  PATH_MISSING("create it, or correct the path"),
  NOT_A_DIRECTORY("name a directory"),
  NOT_READABLE("give the service's user the right to read it"),
  NOT_WRITABLE("give the service's user the right to write there, or choose another directory"),
  NO_FILE_MATCHES("correct the pattern, or leave it: files are picked up as they appear"),
  LINES_DO_NOT_PARSE("correct the format's options or the declared columns"),
  INVALID_OPTION("correct the option"),
  WRITE_FAILED("free space on the disk or repair it; the sink goes on where it was"),
  READ_FAILED("repair the file or the disk; the source goes on where it was"),
  FENCED("nothing to do: another task has taken over the partition"),
  UNPARSABLE_LINE("correct the line and replay it"),
  VALUE_DOES_NOT_FIT("correct the value, or widen the declared column, and replay it"),
  NOT_AN_EVENT("find out who writes other things than events to the stream's topic"),
  UNKNOWN_SCHEMA("announce the schema, then replay the event");

  private final String fix;

  FileErrorCode(String fix) {
    this.fix = fix;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }

  /**
   * Refuses a path that connectors may not reach.
   *
   * @throws ConnectorException DIRECTORY_NOT_ALLOWED
   */
  public static void requireAllowed(Path path) {
    AllowedDirectories.ofThisProcess()
        .refusal(path)
        .ifPresent(refusal -> {
          throw DIRECTORY_NOT_ALLOWED.exception(refusal);
        });
  }

  public Problem problem(String option, String message) {
    return Problem.error(name(), option, message, fix);
  }

  public ConnectorException exception(String message) {
    return new ConnectorException(name(), message + "; " + fix);
  }

  public ConnectorException exception(String message, Throwable cause) {
    return new ConnectorException(name(), message + "; " + fix, cause);
  }
}
