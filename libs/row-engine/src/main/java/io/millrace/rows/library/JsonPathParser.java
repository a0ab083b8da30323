package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link JsonPath}. */
final class JsonPathParser {
  private static final int DEEPEST = 50;

  /** A condition on an item: true, false, or null when it is not known. */
  interface Condition {
    Boolean test(JsonNode item, JsonPath path);
  }

  /** A side of a comparison. */
  private interface Operand {
    List<JsonNode> values(JsonNode item, JsonPath path);
  }

  private final String text;
  private int at;
  private int depth;

  JsonPathParser(String text) {
    this.text = text;
  }

  /** Whether the path is lax. */
  boolean mode() {
    blanks();
    boolean strict = word("strict");
    if (!strict) {
      word("lax");
    }
    return !strict;
  }

  List<JsonPath.Step> path() {
    blanks();
    expect('$');
    List<JsonPath.Step> steps = steps();
    blanks();
    if (at < text.length()) {
      throw wrong("unexpected " + RowException.quote(text.substring(at)));
    }
    return steps;
  }

  private List<JsonPath.Step> steps() {
    List<JsonPath.Step> steps = new ArrayList<>();
    while (true) {
      int before = at;
      blanks();
      if (take('.')) {
        steps.add(afterDot());
      } else if (take('[')) {
        steps.add(inBrackets());
      } else if (take('?')) {
        blanks();
        expect('(');
        steps.add(new JsonPath.Filter(or()));
        blanks();
        expect(')');
      } else {
        at = before;
        return steps;
      }
    }
  }

  private JsonPath.Step afterDot() {
    blanks();
    if (take('*')) {
      return new JsonPath.AnyMember();
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return new JsonPath.Member(string());
    }
    String name = name();
    int before = at;
    blanks();
    if (take('(')) {
      blanks();
      expect(')');
      return switch (name) {
        case "size" -> new JsonPath.Size();
        case "type" -> new JsonPath.Type();
        default -> throw wrong("there is no method " + name + "()");
      };
    }
    at = before;
    return new JsonPath.Member(name);
  }

  private JsonPath.Step inBrackets() {
    blanks();
    if (take('*')) {
      blanks();
      expect(']');
      return new JsonPath.AnyElement();
    }
    if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      String name = string();
      blanks();
      expect(']');
      return new JsonPath.Member(name);
    }
    List<JsonPath.Position[]> ranges = new ArrayList<>();
    do {
      JsonPath.Position first = position();
      JsonPath.Position last = first;
      if (word("to")) {
        last = position();
      }
      ranges.add(new JsonPath.Position[] {first, last});
      blanks();
    } while (take(','));
    expect(']');
    return new JsonPath.Elements(ranges);
  }

  private JsonPath.Position position() {
    blanks();
    if (!word("last")) {
      return new JsonPath.Position(false, integer());
    }
    return new JsonPath.Position(true, take('-') ? integer() : 0);
  }

  private int integer() {
    blanks();
    int from = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    try {
      int number = Integer.parseInt(text.substring(from, at));
      blanks();
      return number;
    } catch (NumberFormatException e) {
      throw wrong("a position is missing");
    }
  }

  // ---- conditions

  private Condition or() {
    Condition left = and();
    while (symbol("||")) {
      Condition a = left;
      Condition b = and();
      left =
          (item, path) -> {
            Boolean x = a.test(item, path);
            if (Boolean.TRUE.equals(x)) {
              return true;
            }
            Boolean y = b.test(item, path);
            return Boolean.TRUE.equals(y) ? Boolean.TRUE : (x == null || y == null) ? null : false;
          };
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (symbol("&&")) {
      Condition a = left;
      Condition b = not();
      left =
          (item, path) -> {
            Boolean x = a.test(item, path);
            if (Boolean.FALSE.equals(x)) {
              return false;
            }
            Boolean y = b.test(item, path);
            return Boolean.FALSE.equals(y) ? Boolean.FALSE : (x == null || y == null) ? null : true;
          };
    }
    return left;
  }

  private Condition not() {
    if (++depth > DEEPEST) {
      throw wrong("conditions too deep inside one another");
    }
    try {
      blanks();
      if (take('!')) {
        blanks();
        expect('(');
        Condition inner = or();
        blanks();
        expect(')');
        return (item, path) -> {
          Boolean x = inner.test(item, path);
          return x == null ? null : Boolean.valueOf(!x);
        };
      }
      if (word("exists")) {
        expect('(');
        Operand operand = operand();
        blanks();
        expect(')');
        return (item, path) -> {
          try {
            return !operand.values(item, path).isEmpty();
          } catch (RowException e) {
            return null;
          }
        };
      }
      if (take('(')) {
        Condition inner = or();
        blanks();
        expect(')');
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() {
    Operand left = operand();
    blanks();
    if (word("starts")) {
      if (!word("with")) {
        throw wrong("with is missing behind starts");
      }
      Operand prefix = operand();
      return (item, path) -> anyPair(item, path, left, prefix, "starts");
    }
    for (String operator : List.of("==", "!=", "<>", "<=", ">=", "<", ">")) {
      if (symbol(operator)) {
        Operand right = operand();
        return (item, path) -> anyPair(item, path, left, right, operator);
      }
    }
    throw wrong("a comparison is missing");
  }

  private static Boolean anyPair(
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

  private Operand operand() {
    blanks();
    if (take('@')) {
      List<JsonPath.Step> steps = steps();
      // In lax mode a comparison looks at the elements of an array.
      return (item, path) -> unwrapped(path.walk(item, steps), path);
    }
    JsonNode constant = constant();
    return (item, path) -> List.of(constant);
  }

  private static List<JsonNode> unwrapped(List<JsonNode> items, JsonPath path) {
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

  private JsonNode constant() {
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return Json.NODES.textNode(string());
    }
    if (word("true")) {
      return Json.NODES.booleanNode(true);
    }
    if (word("false")) {
      return Json.NODES.booleanNode(false);
    }
    if (word("null")) {
      return Json.NODES.nullNode();
    }
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Json.NODES.numberNode(new BigDecimal(text.substring(from, at)));
    } catch (NumberFormatException e) {
      throw wrong("a value is missing");
    }
  }

  // ---- characters

  private String name() {
    int from = at;
    while (at < text.length()
        && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    if (at == from) {
      throw wrong("a name is missing");
    }
    return text.substring(from, at);
  }

  private String string() {
    char quote = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return out.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
        if (c == 'u' && at + 4 <= text.length()) {
          c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
          at += 4;
        } else {
          c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
      }
      out.append(c);
    }
    throw wrong("a quote is not closed");
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw wrong(c + " is missing");
    }
  }

  private boolean symbol(String symbol) {
    blanks();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  /** A whole word, and the blanks behind it. */
  private boolean word(String word) {
    blanks();
    int end = at + word.length();
    if (text.startsWith(word, at)
        && (end == text.length() || !Character.isUnicodeIdentifierPart(text.charAt(end)))) {
      at = end;
      blanks();
      return true;
    }
    return false;
  }

  private RowException wrong(String message) {
    return RowException.badArgument(
        RowException.quote(text)
            + " is no path of SQL/JSON: "
            + message
            + " at character "
            + (at + 1));
  }
}
