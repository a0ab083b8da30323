package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.NearNames;
import io.millrace.schemas.control.OptionDescriptor;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with an option's value, if anything. */
final class OptionFaults {

  private static final Pattern QUANTITY =
      Pattern.compile("\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-zA-Z]*)\\s*");
  private static final String DURATION = "a time such as '500 ms', '10 s', '5 minutes'";
  private static final String SIZE = "a size such as '64 KB', '128 MB'";

  private OptionFaults() {}

  record Fault(String message, String suggestion) {}

  static Fault find(OptionDescriptor option, String value) {
    String name = option.getName();
    if (!option.getAllowed().isEmpty()) {
      return option.getAllowed().stream().anyMatch(a -> a.equalsIgnoreCase(value.strip()))
          ? null
          : new Fault(
              "option "
                  + name
                  + " takes "
                  + String.join(", ", option.getAllowed())
                  + ", not '"
                  + value
                  + "'.",
              quoted(NearNames.nearest(value.strip(), option.getAllowed())));
    }
    return switch (option.getType()) {
      case STRING, LIST, SECRET, SQL -> null;
      case BOOLEAN ->
          value.strip().equalsIgnoreCase("true") || value.strip().equalsIgnoreCase("false")
              ? null
              : wrong(name, "true or false", value);
      case INT -> number(option, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> real(option, value);
      case DURATION -> quantity(option, value, millis(value), DURATION);
      case SIZE -> quantity(option, value, bytes(value), SIZE);
    };
  }

  /** A time in milliseconds; without a unit it is milliseconds. */
  static OptionalLong millis(String value) {
    return quantity(
        value,
        unit ->
            switch (unit.toLowerCase(Locale.ROOT)) {
              case "", "ms", "millis", "millisecond", "milliseconds" -> 1L;
              case "s", "sec", "second", "seconds" -> 1000L;
              case "m", "min", "minute", "minutes" -> 60_000L;
              case "h", "hour", "hours" -> 3_600_000L;
              case "d", "day", "days" -> 86_400_000L;
              default -> 0L;
            });
  }

  /** A size in bytes. */
  static OptionalLong bytes(String value) {
    return quantity(
        value,
        unit ->
            switch (unit.toUpperCase(Locale.ROOT)) {
              case "", "B" -> 1L;
              case "K", "KB", "KIB" -> 1L << 10;
              case "M", "MB", "MIB" -> 1L << 20;
              case "G", "GB", "GIB" -> 1L << 30;
              case "T", "TB", "TIB" -> 1L << 40;
              default -> 0L;
            });
  }

  private static OptionalLong quantity(
      String value, java.util.function.ToLongFunction<String> factor) {
    Matcher matcher = QUANTITY.matcher(value);
    if (!matcher.matches() || factor.applyAsLong(matcher.group(2)) == 0) {
      return OptionalLong.empty();
    }
    BigDecimal exact =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(factor.applyAsLong(matcher.group(2))));
    return exact.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(exact.longValue());
  }

  private static Fault quantity(
      OptionDescriptor option, String value, OptionalLong quantity, String what) {
    return quantity.isEmpty()
        ? wrong(option.getName(), what, value)
        : range(option, value, quantity.getAsLong());
  }

  private static Fault number(OptionDescriptor option, String value, long least, long most) {
    try {
      long number = Long.parseLong(value.strip());
      if (number < least || number > most) {
        return wrong(option.getName(), "a whole number of 32 bits", value);
      }
      return range(option, value, number);
    } catch (NumberFormatException e) {
      return wrong(option.getName(), "a whole number", value);
    }
  }

  private static Fault real(OptionDescriptor option, String value) {
    try {
      return range(option, value, Double.parseDouble(value.strip()));
    } catch (NumberFormatException e) {
      return wrong(option.getName(), "a number", value);
    }
  }

  private static Fault range(OptionDescriptor option, String value, double number) {
    Double least = option.getMinimum();
    Double most = option.getMaximum();
    if ((least == null || number >= least) && (most == null || number <= most)) {
      return null;
    }
    String range =
        least == null
            ? "at most " + plain(most)
            : most == null ? "at least " + plain(least) : plain(least) + " to " + plain(most);
    return new Fault(
        "option " + option.getName() + " has to be " + range + ", not " + value + ".", null);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Fault wrong(String name, String takes, String value) {
    return new Fault("option " + name + " takes " + takes + ", not '" + value + "'.", null);
  }

  private static String quoted(String value) {
    return value == null ? null : "'" + value + "'";
  }
}
