package io.millrace.connector.kafka.source;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.kafka.KafkaCheck;
import io.millrace.connector.source.SourceSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The source {@code kafka} as the platform sees it. */
public final class KafkaSourceProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("kafka")
        .setDirection(Direction.SOURCE)
        .setService("ingestion")
        .setTitle("Kafka topic")
        .setDescription("Reads JSON, Avro, CSV or raw records from a topic of any Kafka cluster")
        .setTables(false)
        .setColumns(ColumnsRule.REQUIRED)
        .setGuarantee("exactly-once")
        .setOptions(KafkaSourceConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return SourceSettings.connectConfig(context, KafkaSourceConnector.class);
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    List<Problem> problems = new ArrayList<>(KafkaSourceConfig.OPTIONS.problems(options));
    if (!problems.isEmpty()) {
      return problems;
    }
    KafkaSourceConfig config;
    try {
      config = KafkaSourceConfig.of(options, Map.of());
    } catch (ConnectorException e) {
      return List.of(Problem.error(e.code(), null, e.getMessage(), "correct the option"));
    }
    if (options.get("bootstrap_servers") == null) {
      return problems;
    }
    Set<String> topics = KafkaCheck.topics(config.client(), problems);
    if (problems.isEmpty() && !topics.contains(config.topic())) {
      problems.add(
          Problem.error(
                  "NO_TOPIC",
                  "topic",
                  "there is no topic " + config.topic(),
                  "correct the name, or create the topic")
              .withStatement(
                  "kafka-topics.sh --bootstrap-server %s --create --topic %s"
                      .formatted(options.get("bootstrap_servers"), config.topic())));
    }
    return problems;
  }
}
