package io.millrace.rows.library;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The implementations, by SQL name. */
public final class Functions {

  /**
   * @param nulls whether it is called with nulls
   * @param dates whether dates arrive as timestamps
   * @param texts whether arguments of other types arrive as texts
   * @param common whether arguments arrive in the type of the result
   */
  public record Implementation(
      String name, Method method, boolean nulls, boolean dates, boolean texts, boolean common) {
    /** How generated code calls it. */
    public String java() {
      return method.getDeclaringClass().getName() + "." + method.getName();
    }
  }

  private static final Map<String, List<Implementation>> ALL =
      index(
          NumberFunctions.class,
          TextFunctions.class,
          PatternFunctions.class,
          TimeFunctions.class,
          JsonFunctions.class,
          CollectionFunctions.class,
          MaskFunctions.class,
          HashFunctions.class,
          GeographyFunctions.class);

  private Functions() {}

  /** The implementations of a function; empty when there are none. */
  public static List<Implementation> of(String name) {
    return ALL.getOrDefault(name.toUpperCase(Locale.ROOT), List.of());
  }

  private static Map<String, List<Implementation>> index(Class<?>... libraries) {
    Map<String, List<Implementation>> all = new TreeMap<>();
    for (Class<?> library : libraries) {
      for (Method method : library.getDeclaredMethods()) {
        Function function = method.getAnnotation(Function.class);
        if (function != null) {
          all.computeIfAbsent(function.value(), n -> new ArrayList<>())
              .add(
                  new Implementation(
                      function.value(),
                      method,
                      function.nulls(),
                      function.dates(),
                      function.texts(),
                      function.common()));
        }
      }
    }
    return all;
  }
}
