package io.millrace.connector.option;

import io.millrace.connector.ConnectorException;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What options a connector takes. The catalogue, the forms, Kafka Connect's own validation and the
 * reading of values all come from it. Immutable.
 */
public final class OptionSet {

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
    if (!faults.isEmpty()) {
      throw new ConnectorException("INVALID_OPTION", String.join("; ", faults));
    }
    return new OptionValues(values);
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
