package io.millrace.connector.kafka.sink;

import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.json.IsoTimes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.Base64;

/**
 * Events as lines of CSV by RFC 4180, without the line's end: NULL is empty, an empty string is
 * quoted, lists, maps and rows are JSON.
 */
final class CsvLine {

  private final RowType row;
  private final char delimiter;

  CsvLine(RowType row, char delimiter) {
    this.row = row;
    this.delimiter = delimiter;
  }

  void append(StringBuilder out, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.append(delimiter);
      }
      if (values[i] != null) {
        appendQuoted(out, text(row.field(i).type(), values[i]));
      }
    }
  }

  /** A value as plain text. */
  static String text(DataType type, Object value) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, STRING, JSON -> value.toString();
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            case DATE -> IsoTimes.date((Integer) value);
            case TIME -> IsoTimes.time((Long) value);
            case TIMESTAMP -> IsoTimes.timestamp((Long) value);
          };
      case DataType.Decimal _ -> ((BigDecimal) value).toPlainString();
      default -> {
        String json =
            new EventJson(RowType.of(Field.nullable("v", type))).write(new Object[] {value});
        yield json.substring("{\"v\":".length(), json.length() - 1);
      }
    };
  }

  private void appendQuoted(StringBuilder out, String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = c != delimiter && c != '"' && c != '\n' && c != '\r';
    }
    if (plain) {
      out.append(text);
    } else {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }
}
