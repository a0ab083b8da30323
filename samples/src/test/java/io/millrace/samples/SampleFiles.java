package io.millrace.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads the files of the samples: plain CSV without quotes, and JSON lines. */
final class SampleFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SampleFiles() {}

  /**
   * The rows of a file.
   *
   * @param options as in the script: format and header
   */
  static List<Object[]> rows(Path file, RowType type, Map<String, String> options)
      throws IOException {
    List<Object[]> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      boolean json = "json".equals(options.get("format"));
      List<String> names = type.fields().stream().map(f -> f.name()).toList();
      if (!json && "true".equals(options.get("header"))) {
        names = List.of(reader.readLine().split(","));
      }
      String line;
      while ((line = reader.readLine()) != null) {
        rows.add(json ? json(line, type) : csv(line, names, type));
      }
    }
    return rows;
  }

  static long micros(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  private static Object[] csv(String line, List<String> names, RowType type) {
    String[] cells = line.split(",", -1);
    Object[] row = new Object[type.size()];
    for (int i = 0; i < row.length; i++) {
      String cell = cells[names.indexOf(type.field(i).name())];
      row[i] = cell.isEmpty() ? null : value(cell, type.field(i).type());
    }
    return row;
  }

  private static Object[] json(String line, RowType type) throws IOException {
    JsonNode object = JSON.readTree(line);
    Object[] row = new Object[type.size()];
    for (int i = 0; i < row.length; i++) {
      JsonNode value = object.path(type.field(i).name());
      row[i] =
          value.isNull() || value.isMissingNode()
              ? null
              : value(
                  value.isContainerNode() ? value.toString() : value.asText(),
                  type.field(i).type());
    }
    return row;
  }

  private static Object value(String text, DataType type) {
    if (type instanceof DataType.Decimal) {
      return new BigDecimal(text);
    }
    return switch (((DataType.Primitive) type).kind()) {
      case TIMESTAMP -> micros(text);
      case INT -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case STRING, JSON -> text;
      default -> throw new IllegalArgumentException(type + " in " + Arrays.asList(text));
    };
  }
}
