package io.millrace.connector.file.sink;

import io.millrace.schemas.event.SelfDescribingDecoder.Event;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.json.IsoTimes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * CSV as RFC 4180 has it, in UTF-8, lines ended by LF. Nested rows are flattened, their columns
 * named with dots; arrays and maps are JSON texts; times are ISO-8601 in UTC with microseconds;
 * bytes are base64.
 */
final class CsvEncoder implements RowEncoder {

  private final char delimiter;
  private final char quote;
  private final String nullText;
  private final byte[] header;
  private final List<Column> columns = new ArrayList<>();
  private final StringBuilder out = new StringBuilder(8192);

  /** A flattened column: where its value stands, and how it becomes text. */
  private record Column(int[] path, Text text) {

    Object valueIn(Object[] row) {
      Object value = row;
      for (int index : path) {
        if (value == null) {
          return null;
        }
        value = ((Object[]) value)[index];
      }
      return value;
    }
  }

  private interface Text {
    String of(Object value);
  }

  CsvEncoder(FileSinkConfig config, RowType layout) {
    this.delimiter = config.delimiter();
    this.quote = config.quote();
    this.nullText = config.nullText();
    List<String> names = new ArrayList<>();
    flatten(layout, "", new int[0], names);
    if (config.header()) {
      for (int i = 0; i < names.size(); i++) {
        separate(i);
        value(names.get(i));
      }
      out.append('\n');
    }
    this.header = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
  }

  private void flatten(RowType layout, String prefix, int[] path, List<String> names) {
    for (int i = 0; i < layout.size(); i++) {
      Field field = layout.field(i);
      int[] inner = java.util.Arrays.copyOf(path, path.length + 1);
      inner[path.length] = i;
      if (field.type() instanceof DataType.Row row) {
        flatten(row.row(), prefix + field.name() + ".", inner, names);
      } else {
        names.add(prefix + field.name());
        columns.add(new Column(inner, text(field.type())));
      }
    }
  }

  private static Text text(DataType type) {
    return switch (type) {
      case DataType.Decimal _ -> value -> ((BigDecimal) value).toPlainString();
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case STRING, JSON -> value -> (String) value;
            case BYTES -> value -> Base64.getEncoder().encodeToString((byte[]) value);
            case DATE -> value -> IsoTimes.date((Integer) value);
            case TIME -> value -> IsoTimes.time((Long) value);
            case TIMESTAMP -> value -> IsoTimes.timestamp((Long) value);
            case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE -> Object::toString;
          };
      case DataType.Array _, DataType.MapOf _, DataType.Row _ -> json(type);
    };
  }

  private static Text json(DataType type) {
    EventJson json = new EventJson(RowType.of(Field.nullable("v", type)));
    return value -> {
      String object = json.write(new Object[] {value});
      return object.substring("{\"v\":".length(), object.length() - 1);
    };
  }

  @Override
  public byte[] header() {
    return header.clone();
  }

  @Override
  public void add(Event event, byte[] original) {
    int start = out.length();
    try {
      for (int i = 0; i < columns.size(); i++) {
        separate(i);
        Column column = columns.get(i);
        Object value = column.valueIn(event.row());
        if (value == null) {
          out.append(nullText);
        } else {
          value(column.text().of(value));
        }
      }
      out.append('\n');
    } catch (RuntimeException e) {
      out.setLength(start);
      throw e;
    }
  }

  private void separate(int index) {
    if (index > 0) {
      out.append(delimiter);
    }
  }

  private void value(String text) {
    if (!needsQuotes(text)) {
      out.append(text);
      return;
    }
    out.append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        out.append(quote);
      }
      out.append(c);
    }
    out.append(quote);
  }

  private boolean needsQuotes(String text) {
    if (text.equals(nullText)) {
      return true;
    }
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == delimiter || c == quote || c == '\n' || c == '\r') {
        return true;
      }
    }
    return length > 0 && (text.charAt(0) == ' ' || text.charAt(length - 1) == ' ');
  }

  @Override
  public int pending() {
    return out.length();
  }

  @Override
  public byte[] take() {
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return bytes;
  }

  @Override
  public void reset() {
    out.setLength(0);
  }
}
