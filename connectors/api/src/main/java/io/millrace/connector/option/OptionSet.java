package io.millrace.connector.option;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What options a connector takes. The catalogue, the forms, Kafka Connect's own validation and the
 * reading of values all come from it. Immutable.
 */
public final class OptionSet {

  /** What every statement may give beside the connector's own options. */
  private static final Set<String> COMMON = Set.of("connector", "on_error", "tasks");

  private final Map<String, OptionDescriptor> options;

  private OptionSet(Map<String, OptionDescriptor> options) {
    this.options = options;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The options as the catalogue shows them, in the order of their declaration. */
  public List<OptionDescriptor> descriptors() {
    return List.copyOf(options.values());
  }

  /**
   * The options as Kafka Connect sees them.
   *
   * @param prefix stands before every name
   */
  public ConfigDef configDef(String prefix) {
    ConfigDef def = new ConfigDef();
    for (OptionDescriptor option : options.values()) {
      if (isPattern(option)) {
        continue;
      }
      def.define(
          prefix + option.getName(),
          option.getType() == OptionType.SECRET ? ConfigDef.Type.PASSWORD : ConfigDef.Type.STRING,
          option.getRequired() ? ConfigDef.NO_DEFAULT_VALUE : option.getDefaultValue(),
          option.getRequired() ? ConfigDef.Importance.HIGH : ConfigDef.Importance.MEDIUM,
          option.getDocumentation());
    }
    return def;
  }

  /**
   * Reads given options, with defaults for those that are not given; names that are not declared
   * are left alone.
   *
   * @throws ConnectorException if a required option is missing or a value is not what it has to be;
   *     the message names all of them
   */
  public OptionValues read(Map<String, String> given) {
    List<String> faults = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionDescriptor option : options.values()) {
      if (isPattern(option)) {
        continue;
      }
      String value = given.get(option.getName());
      if (value == null || (value.isEmpty() && option.getType() != OptionType.STRING)) {
        value = option.getDefaultValue();
      }
      if (value == null) {
        if (option.getRequired()) {
          faults.add(
              "option %s is missing: %s".formatted(option.getName(), option.getDocumentation()));
        }
        continue;
      }
      String fault = OptionValues.fault(option, value);
      if (fault != null) {
        faults.add(fault);
      }
      values.put(option.getName(), value);
    }
    for (OptionDescriptor option : options.values()) {
      if (isPattern(option)) {
        given.forEach((name, value) -> {
          if (matches(option, name)) {
            String fault = OptionValues.fault(option, value);
            if (fault == null) {
              values.put(name, value);
            } else {
              faults.add(fault.replace(option.getName(), name));
            }
          }
        });
      }
    }
    if (!faults.isEmpty()) {
      throw new ConnectorException("INVALID_OPTION", String.join("; ", faults));
    }
    return new OptionValues(values);
  }

  /**
   * What is wrong with a WITH clause: unknown options (with the nearest known name), missing ones,
   * values that are not what they have to be. Empty when nothing is.
   */
  public List<Problem> problems(Map<String, String> given) {
    List<Problem> problems = new ArrayList<>();
    given.forEach((name, value) -> {
      OptionDescriptor option = find(name);
      if (option == null) {
        if (!COMMON.contains(name)) {
          problems.add(
              Problem.error(
                  "UNKNOWN_OPTION",
                  name,
                  "there is no option " + name,
                  "did you mean " + nearest(name) + "?"));
        }
        return;
      }
      String fault = OptionValues.fault(option, value);
      if (fault != null) {
        problems.add(Problem.error("INVALID_OPTION", name, fault, option.getDocumentation()));
      }
    });
    for (OptionDescriptor option : options.values()) {
      if (option.getRequired() && given.get(option.getName()) == null) {
        problems.add(
            Problem.error(
                "MISSING_OPTION",
                option.getName(),
                "option " + option.getName() + " is missing",
                option.getDocumentation()));
      }
    }
    return problems;
  }

  private OptionDescriptor find(String name) {
    OptionDescriptor exact = options.get(name);
    if (exact != null) {
      return exact;
    }
    return options.values().stream().filter(o -> matches(o, name)).findFirst().orElse(null);
  }

  private static boolean isPattern(OptionDescriptor option) {
    return option.getName().indexOf('*') >= 0;
  }

  /** A name with a * stands for every column: fields.*.kind is also fields.price.kind. */
  private static boolean matches(OptionDescriptor option, String given) {
    int star = option.getName().indexOf('*');
    if (star < 0) {
      return option.getName().equals(given);
    }
    String head = option.getName().substring(0, star);
    String tail = option.getName().substring(star + 1);
    return given.length() > head.length() + tail.length()
        && given.startsWith(head)
        && given.endsWith(tail);
  }

  private String nearest(String name) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : options.keySet()) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }

  /** Declares options one after the other; what is said last counts for the option before it. */
  public static final class Builder {

    private final Map<String, OptionDescriptor> options = new LinkedHashMap<>();
    private String group = "General";
    private OptionDescriptor.Builder current;

    private Builder() {}

    /** The section of the form for the options that follow. */
    public Builder group(String name) {
      finish();
      group = name;
      return this;
    }

    /** An option, optional and without a default unless the next calls say otherwise. */
    public Builder option(String name, OptionType type, String documentation) {
      finish();
      current =
          OptionDescriptor.newBuilder()
              .setName(name)
              .setType(type)
              .setDocumentation(documentation)
              .setGroup(group);
      return this;
    }

    public Builder required() {
      current.setRequired(true);
      return this;
    }

    public Builder defaultValue(String value) {
      current.setDefaultValue(value);
      return this;
    }

    /** The only values that the option takes, in any case. */
    public Builder allowed(String... values) {
      current.setAllowed(List.of(values));
      return this;
    }

    public Builder range(double minimum, double maximum) {
      current.setMinimum(minimum).setMaximum(maximum);
      return this;
    }

    public OptionSet build() {
      finish();
      return new OptionSet(new LinkedHashMap<>(options));
    }

    private void finish() {
      if (current != null) {
        OptionDescriptor option = current.build();
        options.put(option.getName(), option);
        current = null;
      }
    }
  }
}
