package io.millrace.connector.kafka.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connector.option.Texts;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object a record; members that are no columns are passed over. */
final class JsonParser implements ValueParser {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final RowType columns;
  private final Map<RowType, Map<String, Integer>> positions = new HashMap<>();

  JsonParser(RowType columns) {
    this.columns = columns;
  }

  @Override
  public Object[] parse(Message message) {
    try (com.fasterxml.jackson.core.JsonParser json = FACTORY.createParser(message.value())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw UnparsableException.record("the value is no JSON object");
      }
      Object[] row = row(json, columns, "");
      if (json.nextToken() != null) {
        throw UnparsableException.record("there is something after the JSON object");
      }
      return row;
    } catch (JsonProcessingException e) {
      throw UnparsableException.record("the value is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw UnparsableException.record("the value is no JSON: " + e.getMessage());
    }
  }

  private Object[] row(com.fasterxml.jackson.core.JsonParser json, RowType type, String prefix)
      throws IOException {
    Map<String, Integer> names = positions.computeIfAbsent(type, t -> new HashMap<>());
    Object[] row = new Object[type.size()];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int column = names.computeIfAbsent(json.currentName(), name -> type.indexOf(name).orElse(-1));
      json.nextToken();
      if (column < 0) {
        json.skipChildren();
      } else {
        Field field = type.field(column);
        row[column] = value(json, field.type(), prefix + field.name());
      }
    }
    for (int i = 0; i < row.length; i++) {
      if (row[i] == null && !type.field(i).nullable()) {
        throw UnparsableException.column(
            prefix + type.field(i).name(), "there is no value and it is NOT NULL");
      }
    }
    return row;
  }

  private Object value(com.fasterxml.jackson.core.JsonParser json, DataType type, String column)
      throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type instanceof DataType.Row row) {
      require(token, JsonToken.START_OBJECT, type, column);
      return row(json, row.row(), column + ".");
    }
    if (type instanceof DataType.Array array) {
      require(token, JsonToken.START_ARRAY, type, column);
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json, array.element(), column));
      }
      return list;
    }
    if (type instanceof DataType.MapOf map) {
      require(token, JsonToken.START_OBJECT, type, column);
      Map<String, Object> entries = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        entries.put(name, value(json, map.value(), column));
      }
      return entries;
    }
    return scalar(json, token, type, column);
  }

  private static Object scalar(
      com.fasterxml.jackson.core.JsonParser json, JsonToken token, DataType type, String column)
      throws IOException {
    boolean structure = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    if (type.equals(DataType.JSON) || (structure && type.equals(DataType.STRING))) {
      StringWriter text = new StringWriter();
      try (JsonGenerator out = FACTORY.createGenerator(text)) {
        out.copyCurrentStructure(json);
      }
      return text.toString();
    }
    if (structure) {
      throw UnparsableException.column(column, "an object or array is no " + type.sql());
    }
    try {
      return Texts.parse(json.getText(), type);
    } catch (IllegalArgumentException e) {
      throw UnparsableException.column(column, e.getMessage());
    }
  }

  private static void require(JsonToken token, JsonToken wanted, DataType type, String column) {
    if (token != wanted) {
      throw UnparsableException.column(column, "it takes " + type.sql());
    }
  }
}
