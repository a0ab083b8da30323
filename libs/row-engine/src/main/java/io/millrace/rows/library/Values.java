package io.millrace.rows.library;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Comparing values, and making and reading arrays and maps. */
public final class Values {

  private Values() {}

  public static boolean same(String a, String b) {
    return a.equals(b);
  }

  public static boolean same(byte[] a, byte[] b) {
    return Arrays.equals(a, b);
  }

  /** Deep equality; a null inside is the same as another null. */
  public static boolean same(Object a, Object b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return Arrays.equals(left, right);
    }
    if (a instanceof Object[] left && b instanceof Object[] right) {
      return same(Arrays.asList(left), Arrays.asList(right));
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      if (left.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < left.size(); i++) {
        if (!same(left.get(i), right.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return left.keySet().equals(right.keySet())
          && left.keySet().stream().allMatch(k -> same(left.get(k), (Object) right.get(k)));
    }
    if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
      return left.compareTo(right) == 0;
    }
    return a.equals(b);
  }

  /** By code points, which is the order of the UTF-8 bytes. */
  public static int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean pairX = Character.isSurrogate(x);
        return pairX == Character.isSurrogate(y) ? x - y : pairX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  public static int compare(BigDecimal a, BigDecimal b) {
    return a.compareTo(b);
  }

  /** By unsigned bytes. */
  public static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  public static List<Object> list(Object[] elements) {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  /** Keys and values by turns. */
  public static Map<Object, Object> map(Object[] entries) {
    Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(entries.length / 2);
    for (int i = 0; i < entries.length; i += 2) {
      if (entries[i] == null) {
        throw RowException.badArgument("a key of a map is null");
      }
      map.put(entries[i], entries[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  /** The element at a position from 1; null outside. */
  public static Object element(List<?> list, long position) {
    return position < 1 || position > list.size() ? null : list.get((int) position - 1);
  }

  /** A copy that nobody else changes. */
  static List<Object> copy(List<?> list) {
    return new ArrayList<>(list);
  }
}
