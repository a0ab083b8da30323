package io.millrace.rows.library;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of arrays and maps, and choices among values. */
public final class CollectionFunctions {

  private CollectionFunctions() {}

  @Function("CARDINALITY")
  public static int cardinality(List<?> list) {
    return list.size();
  }

  @Function("CARDINALITY")
  public static int cardinality(Map<?, ?> map) {
    return map.size();
  }

  @Function("ARRAY_CONTAINS")
  public static boolean arrayContains(List<?> list, Object element) {
    for (Object candidate : list) {
      if (candidate != null && Values.same(candidate, element)) {
        return true;
      }
    }
    return false;
  }

  @Function("ARRAY_JOIN")
  public static String arrayJoin(List<?> list, String separator) {
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Object element : list) {
      if (element != null) {
        out.append(first ? "" : separator)
            .append(
                element instanceof BigDecimal decimal
                    ? decimal.toPlainString()
                    : element.toString());
        first = false;
      }
    }
    return out.toString();
  }

  @Function("MAP_KEYS")
  public static List<Object> mapKeys(Map<?, ?> map) {
    return new ArrayList<>(map.keySet());
  }

  @Function("MAP_VALUES")
  public static List<Object> mapValues(Map<?, ?> map) {
    return new ArrayList<>(map.values());
  }

  @Function(value = "GREATEST", nulls = true, common = true)
  public static Object greatest(Object... values) {
    Object best = null;
    for (Object value : values) {
      if (value != null && (best == null || compare(value, best) > 0)) {
        best = value;
      }
    }
    return best;
  }

  @Function(value = "LEAST", nulls = true, common = true)
  public static Object least(Object... values) {
    Object best = null;
    for (Object value : values) {
      if (value != null && (best == null || compare(value, best) < 0)) {
        best = value;
      }
    }
    return best;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return Values.compare(left, right);
    }
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return Values.compare(left, right);
    }
    if (a instanceof Comparable<?>) {
      return ((Comparable<Object>) a).compareTo(b);
    }
    throw RowException.badArgument("the values have no order");
  }
}
