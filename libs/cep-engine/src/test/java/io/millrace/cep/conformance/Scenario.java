package io.millrace.cep.conformance;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events of one or several streams in their order of arrival. The text starts with a line for each
 * stream, {@code # bids (sym STRING, price INT, ts TIMESTAMP(3)) time ts lateness 2000}, lateness
 * in milliseconds; each further line is an event: the stream's name, then its columns. An empty
 * field is NULL, {@code ""} the empty text.
 */
record Scenario(Map<String, Stream> streams, List<Event> events) {

  private static final Pattern STREAM =
      Pattern.compile("# (\\w+) \\((.*)\\) time (\\w+) lateness (\\d+)");
  private static final Pattern COLUMN =
      Pattern.compile("(\\w+) (\\w+)(?:\\((\\d+)(?:, ?(\\d+))?\\))?(?:, )?");
  private static final Pattern FIELD = Pattern.compile("(\"((?:[^\"]|\"\")*)\"|[^,\"]*)(,|$)");

  /** A stream; {@code time} is the column of its events' time, lateness is in milliseconds. */
  record Stream(RowType row, int time, long lateness) {}

  /** An event; its time is in microseconds. */
  record Event(String stream, Object[] row, long time) {}

  static Scenario parse(List<String> lines) {
    Map<String, Stream> streams = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    for (String line : lines) {
      Matcher declared = STREAM.matcher(line);
      if (declared.matches()) {
        RowType row = columns(declared.group(2));
        int time = row.indexOf(declared.group(3)).orElseThrow();
        streams.put(declared.group(1), new Stream(row, time, Long.parseLong(declared.group(4))));
      } else if (!line.isBlank()) {
        events.add(event(streams, fields(line)));
      }
    }
    return new Scenario(streams, events);
  }

  Map<String, RowType> rows() {
    Map<String, RowType> rows = new LinkedHashMap<>();
    streams.forEach((name, stream) -> rows.put(name, stream.row()));
    return rows;
  }

  private static RowType columns(String text) {
    List<Field> fields = new ArrayList<>();
    Matcher column = COLUMN.matcher(text);
    while (column.find()) {
      fields.add(Field.nullable(column.group(1), type(column)));
    }
    return new RowType(fields);
  }

  private static DataType type(Matcher column) {
    return switch (column.group(2)) {
      case "STRING" -> DataType.STRING;
      case "INT" -> DataType.INT;
      case "BIGINT" -> DataType.BIGINT;
      case "DOUBLE" -> DataType.DOUBLE;
      case "BOOLEAN" -> DataType.BOOLEAN;
      case "TIMESTAMP" -> DataType.TIMESTAMP;
      case "DECIMAL" ->
          new DataType.Decimal(
              Integer.parseInt(column.group(3)), Integer.parseInt(column.group(4)));
      default -> throw new IllegalArgumentException(column.group(2));
    };
  }

  private static Event event(Map<String, Stream> streams, List<String> fields) {
    Stream stream = streams.get(fields.get(0));
    Object[] row = new Object[stream.row().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(stream.row().field(i).type(), fields.get(i + 1));
    }
    return new Event(fields.get(0), row, (Long) row[stream.time()]);
  }

  private static Object value(DataType type, String text) {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case DataType.Decimal decimal -> new BigDecimal(text).setScale(decimal.scale());
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case INT -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case TIMESTAMP ->
                LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli()
                    * 1000;
            default -> text;
          };
      default -> throw new IllegalArgumentException(type.sql());
    };
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(line);
    int from = 0;
    while (matcher.find(from)) {
      String quoted = matcher.group(2);
      String plain = matcher.group(1);
      fields.add(quoted != null ? quoted.replace("\"\"", "\"") : plain.isEmpty() ? null : plain);
      if (matcher.group(3).isEmpty()) {
        break;
      }
      from = matcher.end();
    }
    return fields;
  }
}
