package io.millrace.enrichment.cache;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads options of CREATE CACHE. */
final class Options {

  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*([a-z]+)");

  private Options() {}

  static String required(CacheDefinition cache, String name) {
    String value = cache.option(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "cache %s needs the option %s".formatted(cache.name(), name));
    }
    return value;
  }

  static long number(CacheDefinition cache, String name, long otherwise) {
    String value = cache.option(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option %s of cache %s has to be a whole number, not '%s'"
              .formatted(name, cache.name(), value));
    }
  }

  /**
   * A time as {@code 5 minutes}, {@code 30s} or {@code PT5M}; null when the option is not given.
   */
  static Duration duration(CacheDefinition cache, String name) {
    String value = cache.option(name);
    if (value == null) {
      return null;
    }
    String text = value.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration found =
          switch (matcher.group(2)) {
            case "ms", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(count);
            case "s", "sec", "second", "seconds" -> Duration.ofSeconds(count);
            case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
            case "h", "hour", "hours" -> Duration.ofHours(count);
            case "d", "day", "days" -> Duration.ofDays(count);
            default -> null;
          };
      if (found != null && !found.isZero()) {
        return found;
      }
    }
    try {
      return Duration.parse(value.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "option %s of cache %s has to be a time such as '5 minutes' or '30s', not '%s'"
              .formatted(name, cache.name(), value));
    }
  }
}
