package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How a command prints what it found. */
final class Output {

  /** The formats of {@code --output}. */
  enum Format {
    TABLE,
    JSON,
    CSV
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv")
  private Format format = Format.TABLE;

  Format format() {
    return format;
  }

  boolean json() {
    return format == Format.JSON;
  }

  /** Prints rows of the same columns; as JSON, the given value instead. */
  void print(Console console, List<? extends SequencedMap<String, String>> rows, Object json) {
    switch (format) {
      case JSON -> console.print(pretty(json));
      case CSV -> csv(rows, true).forEach(console::print);
      case TABLE -> table(rows).forEach(console::print);
    }
  }

  static String pretty(Object value) {
    return Api.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** The text of a value as a table's cell. */
  static String cell(JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isContainer() ? value.toString() : value.asString();
  }

  static List<String> csv(List<? extends SequencedMap<String, String>> rows, boolean header) {
    List<String> lines = new ArrayList<>();
    if (header && !rows.isEmpty()) {
      lines.add(String.join(",", rows.getFirst().keySet().stream().map(Output::quoted).toList()));
    }
    rows.forEach(
        row -> lines.add(String.join(",", row.values().stream().map(Output::quoted).toList())));
    return lines;
  }

  private static String quoted(String value) {
    String text = value == null ? "" : value;
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  static List<String> table(List<? extends SequencedMap<String, String>> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> columns = List.copyOf(rows.getFirst().keySet());
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (Map<String, String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], text(row, columns.get(i)).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        line(columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList(), widths));
    for (Map<String, String> row : rows) {
      lines.add(line(columns.stream().map(column -> text(row, column)).toList(), widths));
    }
    return lines;
  }

  private static String text(Map<String, String> row, String column) {
    String value = row.get(column);
    return value == null ? "" : value.replaceAll("\\s+", " ");
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - cells.get(i).length() + 2));
      }
    }
    return line.toString();
  }
}
