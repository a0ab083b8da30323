package io.millrace.connector.option;

import io.millrace.schemas.control.OptionDescriptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a connector's options, checked against their declaration. Immutable. */
public final class OptionValues {

  private static final Pattern QUANTITY =
      Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]*)\\s*");

  private final Map<String, String> values;

  OptionValues(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Whether the option is given or has a default. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The names that are given or have defaults. */
  public java.util.Set<String> names() {
    return values.keySet();
  }

  /** The value, or null. */
  public String string(String name) {
    return values.get(name);
  }

  /** The value if there is one that is not blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isBlank());
  }

  public int integer(String name) {
    return Integer.parseInt(values.get(name).strip());
  }

  public long number(String name) {
    return Long.parseLong(values.get(name).strip());
  }

  public double real(String name) {
    return Double.parseDouble(values.get(name).strip());
  }

  public boolean bool(String name) {
    return Boolean.parseBoolean(values.get(name).strip());
  }

  /** The items between the commas, without the spaces around them; empty when there is none. */
  public List<String> list(String name) {
    return items(values.get(name));
  }

  /** A time such as {@code 500 ms}, {@code 10 s}, {@code 5 minutes}; without a unit, ms. */
  public Duration duration(String name) {
    return parseDuration(values.get(name));
  }

  /** A size in bytes, such as {@code 64 KB}, {@code 128 MB}. */
  public long size(String name) {
    return parseSize(values.get(name));
  }

  /** One of an enum's constants, written in any case, with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    return Enum.valueOf(type, values.get(name).strip().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static String fault(OptionDescriptor option, String value) {
    String name = option.getName();
    if (!option.getAllowed().isEmpty()
        && option.getAllowed().stream().noneMatch(a -> a.equalsIgnoreCase(value.strip()))) {
      return "option %s takes %s, not '%s'"
          .formatted(name, String.join(", ", option.getAllowed()), value);
    }
    try {
      Double number =
          switch (option.getType()) {
            case INT -> (double) Integer.parseInt(value.strip());
            case LONG -> (double) Long.parseLong(value.strip());
            case DOUBLE -> Double.parseDouble(value.strip());
            case DURATION -> (double) parseDuration(value).toMillis();
            case SIZE -> (double) parseSize(value);
            case BOOLEAN -> {
              if (!value.strip().equalsIgnoreCase("true")
                  && !value.strip().equalsIgnoreCase("false")) {
                throw new IllegalArgumentException(value);
              }
              yield null;
            }
            case STRING, LIST, SECRET, SQL -> null;
          };
      if (number != null
          && ((option.getMinimum() != null && number < option.getMinimum())
              || (option.getMaximum() != null && number > option.getMaximum()))) {
        return "option %s is %s and has to be between %s and %s"
            .formatted(name, value, option.getMinimum(), option.getMaximum());
      }
      return null;
    } catch (IllegalArgumentException e) {
      return "option %s takes a value of type %s, not '%s'"
          .formatted(name, option.getType().name().toLowerCase(Locale.ROOT), value);
    }
  }

  static List<String> items(String value) {
    if (value == null) {
      return List.of();
    }
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Duration parseDuration(String value) {
    Matcher matcher = quantity(value);
    double number = Double.parseDouble(matcher.group(1));
    double millis =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "", "ms", "millis", "millisecond", "milliseconds" -> 1;
          case "s", "sec", "second", "seconds" -> 1000;
          case "m", "min", "minute", "minutes" -> 60_000;
          case "h", "hour", "hours" -> 3_600_000;
          case "d", "day", "days" -> 86_400_000;
          default -> throw new IllegalArgumentException(value);
        };
    return Duration.ofMillis(Math.round(number * millis));
  }

  private static long parseSize(String value) {
    Matcher matcher = quantity(value);
    double number = Double.parseDouble(matcher.group(1));
    double unit =
        switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
          case "", "B" -> 1;
          case "K", "KB", "KIB" -> 1L << 10;
          case "M", "MB", "MIB" -> 1L << 20;
          case "G", "GB", "GIB" -> 1L << 30;
          case "T", "TB", "TIB" -> 1L << 40;
          default -> throw new IllegalArgumentException(value);
        };
    return Math.round(number * unit);
  }

  private static Matcher quantity(String value) {
    Matcher matcher = QUANTITY.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(value);
    }
    return matcher;
  }
}
