package io.millrace.control.connector;

import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.OptionDescriptor;
import java.util.List;

/** A connector as the REST interface shows it. */
record ConnectorView(
    String type,
    String direction,
    String service,
    String title,
    String description,
    boolean tables,
    String columns,
    String guarantee,
    List<Option> options) {

  /** An option of its WITH clause. */
  record Option(
      String name,
      String type,
      boolean required,
      String defaultValue,
      String documentation,
      List<String> allowed,
      Double minimum,
      Double maximum,
      String group) {

    static Option of(OptionDescriptor option) {
      return new Option(
          option.getName(),
          option.getType().name(),
          option.getRequired(),
          option.getDefaultValue(),
          option.getDocumentation(),
          option.getAllowed(),
          option.getMinimum(),
          option.getMaximum(),
          option.getGroup());
    }
  }

  static ConnectorView of(ConnectorDescriptor descriptor) {
    return new ConnectorView(
        descriptor.getType(),
        descriptor.getDirection().name(),
        descriptor.getService(),
        descriptor.getTitle(),
        descriptor.getDescription(),
        descriptor.getTables(),
        descriptor.getColumns().name(),
        descriptor.getGuarantee(),
        descriptor.getOptions().stream().map(Option::of).toList());
  }
}
