package io.millrace.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of events of one or several streams in their order of arrival. It starts with a line for
 * each stream, {@code # bids (sym STRING, price INT, ts TIMESTAMP(3)) time ts lateness 2000}, where
 * lateness is in milliseconds; each further line is an event: the stream's name, then its columns.
 */
record Inputs(Map<String, Stream> streams, List<Event> events) {
  private static final Pattern STREAM =
      Pattern.compile("# (\\w+) \\((.*)\\) time (\\w+) lateness (\\d+)");
  private static final Pattern COLUMN = Pattern.compile("(\\w+) (\\w+(?:\\([0-9, ]*\\))?)(?:, )?");

  record Column(String name, String type) {}

  record Stream(String name, List<Column> columns, int time, long lateness) {}

  record Event(String stream, Object[] values) {}

  static Inputs read(Path file) throws IOException {
    Map<String, Stream> streams = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        Stream stream = stream(line);
        streams.put(stream.name(), stream);
      } else if (!line.isBlank()) {
        events.add(event(streams, Csv.fields(line)));
      }
    }
    return new Inputs(streams, events);
  }

  private static Stream stream(String line) {
    Matcher matcher = STREAM.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the declaration of a stream: " + line);
    }
    List<Column> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(matcher.group(2));
    int time = -1;
    while (column.find()) {
      if (column.group(1).equals(matcher.group(3))) {
        time = columns.size();
      }
      columns.add(new Column(column.group(1), column.group(2)));
    }
    return new Stream(matcher.group(1), columns, time, Long.parseLong(matcher.group(4)));
  }

  private static Event event(Map<String, Stream> streams, List<String> fields) {
    Stream stream = streams.get(fields.get(0));
    if (stream == null || stream.columns().size() != fields.size() - 1) {
      throw new IllegalArgumentException("does not fit its stream: " + fields);
    }
    Object[] values = new Object[fields.size() - 1];
    for (int i = 0; i < values.length; i++) {
      String field = fields.get(i + 1);
      values[i] = field == null ? null : value(stream.columns().get(i).type(), field);
    }
    return new Event(stream.name(), values);
  }

  private static Object value(String type, String text) {
    String name = type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
    return switch (name) {
      case "STRING" -> text;
      case "INT" -> Integer.valueOf(text);
      case "BIGINT" -> Long.valueOf(text);
      case "DOUBLE" -> Double.valueOf(text);
      case "BOOLEAN" -> Boolean.valueOf(text);
      case "DECIMAL" -> new BigDecimal(text);
      case "DATE" -> LocalDate.parse(text);
      case "TIMESTAMP" -> LocalDateTime.parse(text.replace(' ', 'T'));
      default -> throw new IllegalArgumentException("type " + type);
    };
  }
}
