package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints what is wrong with a script: the line it is in, and a caret under the offending text. */
final class Diagnostics {

  private Diagnostics() {}

  /**
   * @param file the script's name, as the person gave it
   * @param script its text
   * @param diagnostics as the REST interface gives them
   */
  static List<String> lines(String file, String script, JsonNode diagnostics) {
    String[] source = script.split("\n", -1);
    List<String> lines = new ArrayList<>();
    for (JsonNode diagnostic : diagnostics) {
      int line = diagnostic.path("line").asInt(1);
      int column = diagnostic.path("column").asInt(1);
      lines.add(
          "%s:%d:%d: %s: %s%s"
              .formatted(
                  file,
                  line,
                  column,
                  diagnostic.path("severity").asString("error").toLowerCase(Locale.ROOT),
                  diagnostic.path("message").asString(),
                  suggestion(diagnostic)));
      if (line >= 1 && line <= source.length) {
        String text = source[line - 1].replace("\r", "");
        lines.add("  " + text.replace('\t', ' '));
        lines.add("  " + caret(diagnostic, text, line, column));
      }
    }
    return lines;
  }

  private static String suggestion(JsonNode diagnostic) {
    String suggestion = diagnostic.path("suggestion").asString("");
    return suggestion.isEmpty() ? "" : " Did you mean " + suggestion + "?";
  }

  private static String caret(JsonNode diagnostic, String text, int line, int column) {
    int from = Math.clamp(column, 1, text.length() + 1);
    boolean sameLine = diagnostic.path("endLine").asInt(line) == line;
    int to = sameLine ? diagnostic.path("endColumn").asInt(column) : text.length();
    int width = Math.max(1, Math.min(to, text.length()) - from + 1);
    return " ".repeat(from - 1) + "^".repeat(width);
  }

  static boolean anyError(JsonNode diagnostics) {
    for (JsonNode diagnostic : diagnostics) {
      if (diagnostic.path("severity").asString("ERROR").equalsIgnoreCase("ERROR")) {
        return true;
      }
    }
    return false;
  }
}
