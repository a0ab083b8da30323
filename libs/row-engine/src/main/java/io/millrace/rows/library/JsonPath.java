package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rows.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A path of SQL/JSON (ISO/IEC 9075-2, 9.44): {@code lax} (the default) or {@code strict}, members
 * ({@code .name}, {@code ."a name"}, {@code ['a name']}, {@code .*}), elements ({@code [0]}, {@code
 * [0, 2 to 4]}, {@code [last]}, {@code [last - 1]}, {@code [*]}), filters ({@code ?(@.a == 1 &&
 * !(@.b > 2) || exists(@.c))}) and the methods {@code size()} and {@code type()}.
 *
 * <p>Lax: an array stands for its elements where a member is asked for, a scalar for an array of
 * one where an element is, and what is missing is empty. Strict: all of that is an error.
 */
public final class JsonPath implements Prepared {
  private static final int MOST_ITEMS = 100_000;
  private static final Cache<JsonPath> CACHE = new Cache<>(JsonPath::new);

  /** A step from items to items. */
  interface Step {
    void from(JsonNode item, JsonPath path, List<JsonNode> to);
  }

  final boolean lax;
  private final List<Step> steps;

  private JsonPath(String text) {
    JsonPathParser parser = new JsonPathParser(text);
    this.lax = parser.mode();
    this.steps = parser.path();
  }

  public static JsonPath of(String text) {
    return CACHE.get(text);
  }

  /** The items at the path. */
  List<JsonNode> find(JsonNode root) {
    return walk(root, steps);
  }

  List<JsonNode> walk(JsonNode root, List<Step> along) {
    List<JsonNode> items = List.of(root);
    for (Step step : along) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode item : items) {
        step.from(item, this, next);
      }
      if (next.size() > MOST_ITEMS) {
        throw RowException.badArgument("a path of JSON gives more than 100000 items");
      }
      items = next;
    }
    return items;
  }

  static RowException structure(String message) {
    return new RowException(ErrorCode.BAD_JSON, message);
  }

  /** {@code .name}. */
  record Member(String name) implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (item.isArray() && path.lax) {
        item.forEach(element -> {
          if (element.isObject() && element.has(name)) {
            to.add(element.get(name));
          }
        });
      } else if (item.isObject() && item.has(name)) {
        to.add(item.get(name));
      } else if (!path.lax) {
        throw structure("there is no member " + name);
      }
    }
  }

  /** {@code .*}. */
  record AnyMember() implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (item.isArray() && path.lax) {
        item.forEach(element -> {
          if (element.isObject()) {
            element.forEach(to::add);
          }
        });
      } else if (item.isObject()) {
        item.forEach(to::add);
      } else if (!path.lax) {
        throw structure("members are asked of what is no object");
      }
    }
  }

  /** {@code [*]}. */
  record AnyElement() implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (item.isArray()) {
        item.forEach(to::add);
      } else if (path.lax) {
        to.add(item);
      } else {
        throw structure("elements are asked of what is no array");
      }
    }
  }

  /** A position: from the begin, or back from the last. */
  record Position(boolean fromLast, int offset) {
    int in(int size) {
      return fromLast ? size - 1 - offset : offset;
    }
  }

  /** {@code [1, 3 to last]}. */
  record Elements(List<Position[]> ranges) implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (!item.isArray() && !path.lax) {
        throw structure("elements are asked of what is no array");
      }
      int size = item.isArray() ? item.size() : 1;
      for (Position[] range : ranges) {
        int first = range[0].in(size);
        int last = range[1].in(size);
        if (!path.lax && (first < 0 || last >= size || first > last)) {
          throw structure("there is no element " + (first < 0 ? first : last));
        }
        for (int i = Math.max(0, first); i <= Math.min(last, size - 1); i++) {
          to.add(item.isArray() ? item.get(i) : item);
        }
      }
    }
  }

  /** {@code ?(condition)}; an error inside makes the condition unknown, which is not true. */
  record Filter(JsonPathParser.Condition condition) implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (item.isArray() && path.lax) {
        item.forEach(element -> test(element, path, to));
      } else {
        test(item, path, to);
      }
    }

    private void test(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (Boolean.TRUE.equals(condition.test(item, path))) {
        to.add(item);
      }
    }
  }

  /** {@code .size()}. */
  record Size() implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      if (!item.isArray() && !path.lax) {
        throw structure("the size is asked of what is no array");
      }
      to.add(Json.NODES.numberNode(item.isArray() ? item.size() : 1));
    }
  }

  /** {@code .type()}. */
  record Type() implements Step {
    @Override
    public void from(JsonNode item, JsonPath path, List<JsonNode> to) {
      to.add(
          Json.NODES.textNode(
              switch (item.getNodeType()) {
                case ARRAY -> "array";
                case OBJECT -> "object";
                case BOOLEAN -> "boolean";
                case NUMBER -> "number";
                case STRING -> "string";
                default -> "null";
              }));
    }
  }
}
