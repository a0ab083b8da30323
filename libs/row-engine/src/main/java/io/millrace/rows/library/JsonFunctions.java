package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.rows.ErrorCode;
import io.millrace.schemas.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Functions of JSON. */
public final class JsonFunctions {
  /** What {@link #value} gives instead of a text, told apart from all texts by identity. */
  private static final String EMPTY = new String("empty");

  private static final String FAILED = new String("failed");

  /** What to do when there is nothing at a path, or when it cannot be read. */
  public static final int GIVE_NULL = 0;

  public static final int FAIL = 1;
  public static final int TELL = 2;

  private static final RowException NO_ITEM =
      new RowException(ErrorCode.BAD_JSON, "nothing is at the path");

  private JsonFunctions() {}

  @Function("IS_JSON")
  public static boolean isJson(String text) {
    try {
      Json.parse(text);
      return true;
    } catch (RowException none) {
      return false;
    }
  }

  @Function("PARSE_JSON")
  public static String parseJson(String text) {
    return Json.write(Json.parse(text));
  }

  @Function("TRY_PARSE_JSON")
  public static String tryParseJson(String text) {
    try {
      return parseJson(text);
    } catch (RowException none) {
      return null;
    }
  }

  @Function("JSON_LENGTH")
  public static int jsonLength(String json) {
    JsonNode node = Json.parse(json);
    return node.isContainerNode() ? node.size() : 1;
  }

  @Function("JSON_KEYS")
  public static List<String> jsonKeys(String json) {
    JsonNode node = Json.parse(json);
    if (!node.isObject()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** TO_JSON. */
  public static String toJson(Object value, DataType type) {
    return Json.write(Json.node(value, type));
  }

  /**
   * JSON_ARRAY.
   *
   * @param absent leave nulls out
   */
  public static String array(Object[] values, DataType[] types, boolean absent) {
    ArrayNode array = Json.NODES.arrayNode();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null || !absent) {
        array.add(Json.node(values[i], types[i]));
      }
    }
    return Json.write(array);
  }

  /**
   * JSON_OBJECT.
   *
   * @param namesAndValues by turns
   * @param types of the values
   * @param absent leave nulls out
   */
  public static String object(Object[] namesAndValues, DataType[] types, boolean absent) {
    ObjectNode object = Json.NODES.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i] == null) {
        throw RowException.badArgument("the name of a member is null");
      }
      if (namesAndValues[i + 1] != null || !absent) {
        object.set((String) namesAndValues[i], Json.node(namesAndValues[i + 1], types[i / 2]));
      }
    }
    return Json.write(object);
  }

  /** Whether {@link #value} found nothing. */
  @SuppressWarnings("ReferenceEquality")
  public static boolean isEmpty(String value) {
    return value == EMPTY;
  }

  /** Whether {@link #value} could not read what it found. */
  @SuppressWarnings("ReferenceEquality")
  public static boolean isFailed(String value) {
    return value == FAILED;
  }

  /** JSON_VALUE: a scalar as text; null for a JSON null. */
  public static String value(String json, JsonPath path, int onEmpty, int onError) {
    List<JsonNode> found;
    try {
      found = path.find(Json.parse(json));
      if (found.size() > 1 || (found.size() == 1 && found.getFirst().isContainerNode())) {
        throw new RowException(ErrorCode.BAD_JSON, "no single scalar is at the path");
      }
    } catch (RowException e) {
      return failed(e, onError);
    }
    if (found.isEmpty()) {
      return onEmpty == TELL ? EMPTY : nothing(onEmpty);
    }
    JsonNode scalar = found.getFirst();
    return scalar.isNull() ? null : scalar.isTextual() ? scalar.textValue() : Json.write(scalar);
  }

  private static String nothing(int onEmpty) {
    if (onEmpty == FAIL) {
      throw NO_ITEM;
    }
    return null;
  }

  private static String failed(RowException e, int onError) {
    if (onError == FAIL) {
      throw e;
    }
    return onError == TELL ? FAILED : null;
  }

  /**
   * JSON_QUERY: an object or an array as text.
   *
   * @param wrap 0 never, 1 when it is not one object or array, 2 always
   * @param onEmpty a text to give, {@code null} for NULL, or {@code "error"}
   * @param onError the same
   */
  public static String query(String json, JsonPath path, int wrap, String onEmpty, String onError) {
    try {
      List<JsonNode> found = path.find(Json.parse(json));
      if (found.isEmpty()) {
        if ("error".equals(onEmpty)) {
          throw NO_ITEM;
        }
        return onEmpty;
      }
      boolean single = found.size() == 1 && found.getFirst().isContainerNode();
      if (wrap == 2 || (wrap == 1 && !single)) {
        ArrayNode array = Json.NODES.arrayNode();
        array.addAll(found);
        return Json.write(array);
      }
      if (!single) {
        throw new RowException(ErrorCode.BAD_JSON, "no single object or array is at the path");
      }
      return Json.write(found.getFirst());
    } catch (RowException e) {
      if ("error".equals(onError)) {
        throw e;
      }
      return onError;
    }
  }

  /** JSON_EXISTS; {@code onError} is the answer for what cannot be read: null for UNKNOWN. */
  public static Boolean exists(String json, JsonPath path, boolean fail, Boolean onError) {
    try {
      return !path.find(Json.parse(json)).isEmpty();
    } catch (RowException e) {
      if (fail) {
        throw e;
      }
      return onError;
    }
  }
}
