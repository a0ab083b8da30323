package io.millrace.rows.library;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A zone of the time zone database, or an offset. */
public final class Zone implements Prepared {
  private static final Cache<Zone> CACHE = new Cache<>(Zone::new);

  final ZoneId id;

  private Zone(String name) {
    try {
      id = ZoneId.of(name);
    } catch (DateTimeException e) {
      throw RowException.badArgument(RowException.quote(name) + " is no time zone");
    }
  }

  public static Zone of(String name) {
    return CACHE.get(name);
  }
}
