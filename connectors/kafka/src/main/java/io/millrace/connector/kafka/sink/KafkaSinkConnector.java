package io.millrace.connector.kafka.sink;

import io.millrace.connector.task.TaskSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** The Kafka Connect plugin of the sink {@code kafka}. */
public final class KafkaSinkConnector extends SinkConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> config;

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    config = Map.copyOf(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return KafkaSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, config);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return KafkaSinkConfig.OPTIONS.configDef(TaskSettings.OPTION_PREFIX);
  }
}
