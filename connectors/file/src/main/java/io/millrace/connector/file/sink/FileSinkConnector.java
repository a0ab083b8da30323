package io.millrace.connector.file.sink;

import io.millrace.connector.task.TaskSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes streams to files: CSV, JSON lines, Avro. */
public final class FileSinkConnector extends SinkConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> config;

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
    FileSinkConfig.of(TaskSettings.read(config).options());
  }

  @Override
  public Class<? extends Task> taskClass() {
    return FileSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>();
    for (int i = 0; i < maxTasks; i++) {
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    // tasks hold everything
  }

  @Override
  public ConfigDef config() {
    return FileSinkConfig.OPTIONS.configDef(TaskSettings.OPTION_PREFIX);
  }

  @Override
  public String version() {
    return VERSION;
  }
}
