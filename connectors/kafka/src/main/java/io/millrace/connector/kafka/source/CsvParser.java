package io.millrace.connector.kafka.source;

import io.millrace.connector.option.Texts;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;

/** One line of CSV by RFC 4180 a record, its values in the order of the columns. */
final class CsvParser implements ValueParser {

  private final RowType columns;
  private final char delimiter;
  private final String nullText;

  CsvParser(KafkaSourceConfig config, RowType columns) {
    this.columns = columns;
    this.delimiter = config.delimiter();
    this.nullText = config.nullText();
  }

  @Override
  public Object[] parse(Message message) {
    String line = withoutBreak(new String(message.value(), StandardCharsets.UTF_8));
    Object[] row = new Object[columns.size()];
    StringBuilder quoted = new StringBuilder();
    int at = 0;
    for (int i = 0; i < row.length; i++) {
      if (at > line.length()) {
        throw UnparsableException.record(
            "%d values where %d columns are declared".formatted(i, row.length));
      }
      int end;
      String text;
      if (at < line.length() && line.charAt(at) == '"') {
        quoted.setLength(0);
        end = unquote(line, at, quoted);
        text = quoted.toString();
      } else {
        int next = line.indexOf(delimiter, at);
        end = next < 0 ? line.length() : next;
        String plain = line.substring(at, end);
        text = plain.equals(nullText) ? null : plain;
      }
      row[i] = value(columns.field(i), text);
      at = end + 1;
    }
    if (at <= line.length()) {
      throw UnparsableException.record("more values than %d columns".formatted(row.length));
    }
    return row;
  }

  private int unquote(String line, int from, StringBuilder out) {
    int i = from + 1;
    while (true) {
      if (i >= line.length()) {
        throw UnparsableException.record("a quote is opened and not closed");
      }
      char c = line.charAt(i++);
      if (c != '"') {
        out.append(c);
      } else if (i < line.length() && line.charAt(i) == '"') {
        out.append('"');
        i++;
      } else {
        break;
      }
    }
    if (i < line.length() && line.charAt(i) != delimiter) {
      throw UnparsableException.record(
          "there is something between a closing quote and the next delimiter");
    }
    return i;
  }

  private static Object value(Field field, String text) {
    if (text == null) {
      if (!field.nullable()) {
        throw UnparsableException.column(field.name(), "there is no value and it is NOT NULL");
      }
      return null;
    }
    try {
      return Texts.parse(text, field.type());
    } catch (IllegalArgumentException e) {
      throw UnparsableException.column(field.name(), e.getMessage());
    }
  }

  private static String withoutBreak(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }
}
