package io.millrace.connector.file.source.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object a line; members that are no columns are passed over. */
final class JsonLineParser implements RecordParser {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false).build();

  private final Values values;
  private final RowShape shape;

  /** A row with its columns by the names that a file may have for them. */
  private record RowShape(RowType type, Map<String, Integer> known) {

    static RowShape of(RowType type) {
      return new RowShape(type, new HashMap<>());
    }

    int column(String name) {
      return known.computeIfAbsent(name, n -> type.indexOf(n).orElse(-1));
    }
  }

  private final Map<RowType, RowShape> shapes = new HashMap<>();

  JsonLineParser(FileSourceConfig config, RowType columns) {
    this.values = new Values(config);
    this.shape = RowShape.of(columns);
  }

  @Override
  public Object[] parse(byte[] bytes, int from, int to) {
    try (JsonParser json = FACTORY.createParser(bytes, from, to - from)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ParseException.unparsable("the line is no JSON object");
      }
      Object[] row = row(json, shape, "");
      if (json.nextToken() != null) {
        throw ParseException.unparsable("there is something after the JSON object");
      }
      return row;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw ParseException.unparsable(
          "the line is no JSON: %s at column %d"
              .formatted(e.getOriginalMessage(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw ParseException.unparsable("the line is no JSON: " + e.getMessage());
    }
  }

  private Object[] row(JsonParser json, RowShape row, String prefix) throws IOException {
    Object[] found = new Object[row.type().size()];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int column = row.column(json.currentName());
      json.nextToken();
      if (column < 0) {
        json.skipChildren();
      } else {
        Field field = row.type().field(column);
        found[column] = value(json, field.type(), prefix + field.name());
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null && !row.type().field(i).nullable()) {
        throw ParseException.unfit(
            prefix + row.type().field(i).name(), "there is no value and it is NOT NULL");
      }
    }
    return found;
  }

  private Object value(JsonParser json, DataType type, String column) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    try {
      return switch (type) {
        case DataType.Row row -> {
          require(token, JsonToken.START_OBJECT, type, column);
          yield row(json, shapes.computeIfAbsent(row.row(), RowShape::of), column + ".");
        }
        case DataType.Array array -> {
          require(token, JsonToken.START_ARRAY, type, column);
          List<Object> list = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(json, array.element(), column));
          }
          yield list;
        }
        case DataType.MapOf map -> {
          require(token, JsonToken.START_OBJECT, type, column);
          Map<String, Object> entries = new LinkedHashMap<>();
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            entries.put(name, value(json, map.value(), column));
          }
          yield entries;
        }
        case DataType.Decimal _, DataType.Primitive _ -> scalar(json, token, type);
      };
    } catch (IllegalArgumentException e) {
      throw ParseException.unfit(column, e.getMessage());
    }
  }

  private static void require(JsonToken token, JsonToken wanted, DataType type, String column) {
    if (token != wanted) {
      throw ParseException.unfit(column, "it takes " + type.sql());
    }
  }

  private Object scalar(JsonParser json, JsonToken token, DataType type) throws IOException {
    if (DataType.JSON.equals(type)) {
      return raw(json);
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (DataType.STRING.equals(type)) {
        return raw(json);
      }
      throw new IllegalArgumentException("an object or array is no " + type.sql());
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      if (DataType.BIGINT.equals(type)) {
        return whole(json, type, Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (DataType.INT.equals(type)) {
        return (int) whole(json, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
    }
    if (DataType.DOUBLE.equals(type) && token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getDoubleValue();
    }
    return values.read(json.getText(), type);
  }

  private static long whole(JsonParser json, DataType type, long least, long most)
      throws IOException {
    BigDecimal number =
        json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? json.getDecimalValue() : null;
    long value = number == null ? json.getLongValue() : 0;
    if (number != null || value < least || value > most) {
      throw new IllegalArgumentException("%s is no %s".formatted(json.getText(), type.sql()));
    }
    return value;
  }

  private static String raw(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.copyCurrentStructure(json);
    }
    return text.toString();
  }
}
