package io.millrace.rows.library;

import java.util.Locale;
import java.util.Set;

/** The name of a unit of time, as DATE_TRUNC takes it. */
public final class TimeUnitName implements Prepared {
  private static final Cache<TimeUnitName> CACHE = new Cache<>(TimeUnitName::new);
  private static final Set<String> UNITS =
      Set.of(
          "MICROSECOND",
          "MILLISECOND",
          "SECOND",
          "MINUTE",
          "HOUR",
          "DAY",
          "WEEK",
          "MONTH",
          "QUARTER",
          "YEAR",
          "ISOYEAR",
          "DECADE",
          "CENTURY",
          "MILLENNIUM");

  final String name;

  private TimeUnitName(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    this.name =
        upper.endsWith("S") && UNITS.contains(upper.substring(0, upper.length() - 1))
            ? upper.substring(0, upper.length() - 1)
            : upper;
    if (!UNITS.contains(name)) {
      throw RowException.badArgument(RowException.quote(text) + " is no unit of time");
    }
  }

  public static TimeUnitName of(String text) {
    return CACHE.get(text);
  }
}
