package io.millrace.connect;

import io.millrace.connector.ConnectorException;
import java.util.ArrayList;
import java.util.List;

/** Finds the sentence for a person in a failure. */
final class RootCause {

  private static final int MAX_LENGTH = 1000;

  private RootCause() {}

  /** The message of a connector's own exception, else of the innermost cause that has one. */
  static String sentence(Throwable failure) {
    String best = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectorException) {
        return shorten(t.getMessage());
      }
      if (t.getMessage() != null && !t.getMessage().isBlank()) {
        best = t.getMessage();
      }
    }
    return shorten(best == null ? failure.getClass().getSimpleName() : best);
  }

  /** The same from a printed stack trace, which is all that a worker tells of its tasks. */
  static String sentence(String trace) {
    List<String> causes = new ArrayList<>();
    StringBuilder cause = new StringBuilder();
    for (String line : trace.split("\n")) {
      String text = line.strip();
      if (text.startsWith("at ") || text.startsWith("... ")) {
        continue;
      }
      if (text.startsWith("Caused by: ") || cause.isEmpty()) {
        add(causes, cause);
        cause.append(text.startsWith("Caused by: ") ? text.substring(11) : text);
      } else {
        cause.append(' ').append(text);
      }
    }
    add(causes, cause);
    String best = null;
    for (String candidate : causes) {
      String message = message(candidate);
      if (candidate.startsWith(ConnectorException.class.getName() + ": ")) {
        return shorten(message);
      }
      if (!message.isBlank()) {
        best = message;
      }
    }
    return shorten(best == null ? "the task failed without a reason" : best);
  }

  private static void add(List<String> causes, StringBuilder cause) {
    if (!cause.isEmpty()) {
      causes.add(cause.toString());
      cause.setLength(0);
    }
  }

  /** Without the exception's class name; a name alone stays, for want of anything better. */
  private static String message(String cause) {
    int colon = cause.indexOf(": ");
    String type = colon < 0 ? cause : cause.substring(0, colon);
    boolean isClass = type.matches("[\\w.$]+") && type.contains(".");
    if (!isClass) {
      return cause;
    }
    return colon < 0 ? type.substring(type.lastIndexOf('.') + 1) : cause.substring(colon + 2);
  }

  private static String shorten(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
