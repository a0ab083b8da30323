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

  /** The connector's name in Kafka Connect: application/component. */
  public String connectorName() {
    return plan.getApplication() + "/" + component.getName();
  }

  /** An option, or null when the statement does not give it. */
  public String option(String name) {
    return component.getOptions().get(name);
  }
}
