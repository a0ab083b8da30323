package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** How conditions of a {@link JsonPath} compare values; null is the unknown of SQL. */
final class JsonComparison {

  /** A side of a comparison. */
  interface Operand {
    List<JsonNode> values(JsonNode item, JsonPath path);
  }

  private JsonComparison() {}

  /** Whether the comparison holds for any two values of both sides. */
  static Boolean anyPair(
      JsonNode item, JsonPath path, Operand left, Operand right, String operator) {
    boolean unknown = false;
    try {
      for (JsonNode a : left.values(item, path)) {
        for (JsonNode b : right.values(item, path)) {
          Boolean result = compare(a, b, operator);
          if (Boolean.TRUE.equals(result)) {
            return true;
          }
          unknown |= result == null;
        }
      }
    } catch (RowException e) {
      return null;
    }
    return unknown ? null : Boolean.FALSE;
  }

  private static Boolean compare(JsonNode a, JsonNode b, String operator) {
    if (operator.equals("starts")) {
      return (a.isTextual() && b.isTextual()) ? a.textValue().startsWith(b.textValue()) : null;
    }
    int order;
    if (a.isNull() && b.isNull()) {
      order = 0;
    } else if (a.isNull() || b.isNull()) {
      return operator.equals("!=") || operator.equals("<>");
    } else if (a.isNumber() && b.isNumber()) {
      order = a.decimalValue().compareTo(b.decimalValue());
    } else if (a.isTextual() && b.isTextual()) {
      order = Values.compare(a.textValue(), b.textValue());
    } else if (a.isBoolean() && b.isBoolean()) {
      order = Boolean.compare(a.booleanValue(), b.booleanValue());
    } else {
      return null;
    }
    return switch (operator) {
      case "==" -> order == 0;
      case "!=", "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** In lax mode a comparison looks at the elements of an array. */
  static List<JsonNode> unwrapped(List<JsonNode> items, JsonPath path) {
    if (!path.lax || items.stream().noneMatch(JsonNode::isArray)) {
      return items;
    }
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode item : items) {
      if (item.isArray()) {
        item.forEach(all::add);
      } else {
        all.add(item);
      }
    }
    return all;
  }
}
