package io.millrace.flow.query;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a plan says that a stateful query is done in parts: the leaves that need a cache, or whose
 * rows have to be spread otherwise than their stream is, are queries of their own with the same
 * SELECT, and the query itself reads what they write. Kept in the options of the components.
 */
public final class QueryParts {

  /** Of a component that does one leaf: {@code leaf:0}. */
  public static final String PART = "part";

  private static final String LEAF = "leaf:";
  private static final String PREFIX = "part.";

  private QueryParts() {}

  /** What {@link #PART} is for a leaf. */
  public static String leaf(int index) {
    return LEAF + index;
  }

  /** The option of the query itself that names the stream which holds a leaf's rows. */
  public static String streamOption(int leaf) {
    return PREFIX + leaf;
  }

  /** The leaf that a component does, by its options; empty when it does its whole query. */
  public static OptionalInt leafOf(Map<String, String> options) {
    String part = options.get(PART);
    return part == null || !part.startsWith(LEAF)
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(part.substring(LEAF.length())));
  }

  /**
   * The streams that hold the rows of leaves, by the leaf's index, as a component's options say.
   */
  public static Map<Integer, String> streamsOf(Map<String, String> options) {
    Map<Integer, String> streams = new TreeMap<>();
    options.forEach((name, value) -> {
      if (name.startsWith(PREFIX)) {
        streams.put(Integer.parseInt(name.substring(PREFIX.length())), value);
      }
    });
    return streams;
  }
}
