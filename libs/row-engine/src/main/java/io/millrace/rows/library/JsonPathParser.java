package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link JsonPath}. */
final class JsonPathParser {
  private static final int DEEPEST = 50;
  private static final String QUOTES = "'\"";

  /** A condition on an item: true, false, or null when it is not known. */
  interface Condition {
    Boolean test(JsonNode item, JsonPath path);
  }

  private final JsonPathText in;
  private int depth;

  JsonPathParser(String text) {
    this.in = new JsonPathText(text);
  }

  /** Whether the path is lax. */
  boolean mode() {
    in.blanks();
    boolean strict = in.word("strict");
    if (!strict) {
      in.word("lax");
    }
    return !strict;
  }

  List<JsonPath.Step> path() {
    in.blanks();
    in.expect('$');
    List<JsonPath.Step> steps = steps();
    in.blanks();
    if (!in.end()) {
      throw in.wrong("unexpected " + RowException.quote(in.rest()));
    }
    return steps;
  }

  private List<JsonPath.Step> steps() {
    List<JsonPath.Step> steps = new ArrayList<>();
    while (true) {
      int before = in.at();
      in.blanks();
      if (in.take('.')) {
        steps.add(afterDot());
      } else if (in.take('[')) {
        steps.add(inBrackets());
      } else if (in.take('?')) {
        in.blanks();
        in.expect('(');
        steps.add(new JsonPath.Filter(or()));
        in.blanks();
        in.expect(')');
      } else {
        in.back(before);
        return steps;
      }
    }
  }

  private JsonPath.Step afterDot() {
    in.blanks();
    if (in.take('*')) {
      return new JsonPath.AnyMember();
    }
    if (in.isAt("\"")) {
      return new JsonPath.Member(in.string());
    }
    String name = in.name();
    int before = in.at();
    in.blanks();
    if (in.take('(')) {
      in.blanks();
      in.expect(')');
      return switch (name) {
        case "size" -> new JsonPath.Size();
        case "type" -> new JsonPath.Type();
        default -> throw in.wrong("there is no method " + name + "()");
      };
    }
    in.back(before);
    return new JsonPath.Member(name);
  }

  private JsonPath.Step inBrackets() {
    in.blanks();
    if (in.take('*')) {
      in.blanks();
      in.expect(']');
      return new JsonPath.AnyElement();
    }
    if (in.isAt(QUOTES)) {
      String name = in.string();
      in.blanks();
      in.expect(']');
      return new JsonPath.Member(name);
    }
    List<JsonPath.Position[]> ranges = new ArrayList<>();
    do {
      JsonPath.Position first = position();
      JsonPath.Position last = first;
      if (in.word("to")) {
        last = position();
      }
      ranges.add(new JsonPath.Position[] {first, last});
      in.blanks();
    } while (in.take(','));
    in.expect(']');
    return new JsonPath.Elements(ranges);
  }

  private JsonPath.Position position() {
    in.blanks();
    if (!in.word("last")) {
      return new JsonPath.Position(false, in.integer());
    }
    return new JsonPath.Position(true, in.take('-') ? in.integer() : 0);
  }

  // ---- conditions

  private Condition or() {
    Condition left = and();
    while (in.symbol("||")) {
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
    while (in.symbol("&&")) {
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
      throw in.wrong("conditions too deep inside one another");
    }
    try {
      in.blanks();
      if (in.take('!')) {
        in.blanks();
        in.expect('(');
        Condition inner = or();
        in.blanks();
        in.expect(')');
        return (item, path) -> {
          Boolean x = inner.test(item, path);
          return x == null ? null : Boolean.valueOf(!x);
        };
      }
      if (in.word("exists")) {
        in.expect('(');
        JsonComparison.Operand operand = operand();
        in.blanks();
        in.expect(')');
        return (item, path) -> {
          try {
            return !operand.values(item, path).isEmpty();
          } catch (RowException e) {
            return null;
          }
        };
      }
      if (in.take('(')) {
        Condition inner = or();
        in.blanks();
        in.expect(')');
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() {
    JsonComparison.Operand left = operand();
    in.blanks();
    if (in.word("starts")) {
      if (!in.word("with")) {
        throw in.wrong("with is missing behind starts");
      }
      JsonComparison.Operand prefix = operand();
      return (item, path) -> JsonComparison.anyPair(item, path, left, prefix, "starts");
    }
    for (String operator : List.of("==", "!=", "<>", "<=", ">=", "<", ">")) {
      if (in.symbol(operator)) {
        JsonComparison.Operand right = operand();
        return (item, path) -> JsonComparison.anyPair(item, path, left, right, operator);
      }
    }
    throw in.wrong("a comparison is missing");
  }

  private JsonComparison.Operand operand() {
    in.blanks();
    if (in.take('@')) {
      List<JsonPath.Step> steps = steps();
      return (item, path) -> JsonComparison.unwrapped(path.walk(item, steps), path);
    }
    JsonNode constant = constant();
    return (item, path) -> List.of(constant);
  }

  private JsonNode constant() {
    if (in.isAt(QUOTES)) {
      return Json.NODES.textNode(in.string());
    }
    if (in.word("true")) {
      return Json.NODES.booleanNode(true);
    }
    if (in.word("false")) {
      return Json.NODES.booleanNode(false);
    }
    if (in.word("null")) {
      return Json.NODES.nullNode();
    }
    try {
      return Json.NODES.numberNode(new BigDecimal(in.piece("+-.0123456789eE")));
    } catch (NumberFormatException e) {
      throw in.wrong("a value is missing");
    }
  }
}
