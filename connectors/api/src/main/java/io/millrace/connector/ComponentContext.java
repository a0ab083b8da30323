package io.millrace.connector;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.List;
import java.util.Map;

/**
 * One component of a plan, with what its connector needs around it.
 *
 * @param plan the whole plan
 * @param component the SOURCE or SINK
 * @param inputs the streams it reads, in the component's order
 * @param outputs the streams it writes, in the component's order
 * @param kafkaClient how Kafka clients connect here (bootstrap.servers, security); connectors that
 *     need the schema store get these under the prefix {@code millrace.kafka.}
 */
public record ComponentContext(
    Plan plan,
    Component component,
    List<StreamDefinition> inputs,
    List<StreamDefinition> outputs,
    Map<String, String> kafkaClient) {

  /** The connector's name in Kafka Connect. */
  public String connectorName() {
    return connectorName(plan.getApplication(), component.getName());
  }

  /**
   * The name in Kafka Connect of a component: application.component. Workers put it into the paths
   * of the calls to each other, so what has a meaning there stands as {@code _uXXXX_}.
   *
   * @param application namespace.name
   */
  public static String connectorName(String application, String component) {
    StringBuilder name = new StringBuilder(application).append('.');
    for (char c : component.toCharArray()) {
      if ((Character.isLetterOrDigit(c) && c < 0x80) || c == '_' || c == '-') {
        name.append(c);
      } else {
        name.append("_u%04x_".formatted((int) c));
      }
    }
    return name.toString();
  }

  /** An option, or null when the statement does not give it. */
  public String option(String name) {
    return component.getOptions().get(name);
  }
}
