package io.millrace.connector.kafka.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.option.Texts;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/** The record as it is: its value in one column, what surrounds it in others. */
final class RawParser implements ValueParser {

  private static final List<String> NAMES =
      List.of("value", "key", "topic", "partition", "offset", "timestamp", "headers");

  private final RowType columns;
  private final String[] names;

  RawParser(RowType columns) {
    this.columns = columns;
    this.names = new String[columns.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = columns.field(i).name().toLowerCase(Locale.ROOT);
      if (names.length == 1) {
        names[i] = "value";
      } else if (!NAMES.contains(names[i])) {
        throw new ConnectorException(
            "INVALID_COLUMNS",
            "format = 'raw' has no column %s; it has %s"
                .formatted(columns.field(i).name(), String.join(", ", NAMES)));
      }
    }
  }

  @Override
  public Object[] parse(Message message) {
    Object[] row = new Object[names.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(columns.field(i), names[i], message);
      if (row[i] == null && !columns.field(i).nullable()) {
        throw UnparsableException.column(
            columns.field(i).name(), "there is no value and it is NOT NULL");
      }
    }
    return row;
  }

  private static Object value(Field field, String name, Message message) {
    return switch (name) {
      case "value" -> bytes(field, message.value());
      case "key" -> bytes(field, message.key());
      case "topic" -> message.topic();
      case "partition" -> number(field, message.partition());
      case "offset" -> number(field, message.offset());
      case "timestamp" ->
          field.type().equals(DataType.TIMESTAMP)
              ? (Object) Math.multiplyExact(message.timestamp(), 1000L)
              : number(field, message.timestamp());
      default -> headers(message);
    };
  }

  private static Object bytes(Field field, byte[] bytes) {
    if (bytes == null || field.type().equals(DataType.BYTES)) {
      return bytes;
    }
    try {
      return Texts.parse(new String(bytes, StandardCharsets.UTF_8), field.type());
    } catch (IllegalArgumentException e) {
      throw UnparsableException.column(field.name(), e.getMessage());
    }
  }

  private static Object number(Field field, long number) {
    return field.type().equals(DataType.INT) ? (Object) Math.toIntExact(number) : number;
  }

  private static Map<String, String> headers(Message message) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (message.headers() != null) {
      for (Header header : message.headers()) {
        headers.put(
            header.key(),
            header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }
}
