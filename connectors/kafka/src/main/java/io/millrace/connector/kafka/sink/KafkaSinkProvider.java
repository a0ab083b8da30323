package io.millrace.connector.kafka.sink;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.kafka.KafkaCheck;
import io.millrace.connector.kafka.KafkaClients;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sink {@code kafka} as the platform sees it. */
public final class KafkaSinkProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("kafka")
        .setDirection(Direction.SINK)
        .setService("delivery")
        .setTitle("Kafka topic")
        .setDescription("Writes JSON, Avro or CSV records to a topic of any Kafka cluster")
        .setTables(false)
        .setColumns(ColumnsRule.NONE)
        .setGuarantee("exactly-once")
        .setOptions(KafkaSinkConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return SinkSettings.connectConfig(context, KafkaSinkConnector.class);
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    List<Problem> problems = new ArrayList<>(KafkaSinkConfig.OPTIONS.problems(options));
    if (!problems.isEmpty() || options.get("bootstrap_servers") == null) {
      return problems;
    }
    Map<String, Object> client =
        KafkaClients.config(KafkaSinkConfig.OPTIONS.read(options), Map.of());
    Set<String> topics = KafkaCheck.topics(client, problems);
    String topic = options.get("topic");
    if (problems.isEmpty()
        && !topics.contains(topic)
        && "false".equalsIgnoreCase(options.get("create_topic"))) {
      problems.add(
          Problem.error(
                  "NO_TOPIC",
                  "topic",
                  "there is no topic " + topic,
                  "create it, or set create_topic")
              .withStatement(
                  "kafka-topics.sh --bootstrap-server %s --create --topic %s"
                      .formatted(options.get("bootstrap_servers"), topic)));
    }
    return problems;
  }
}
