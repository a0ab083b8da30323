package io.millrace.connector.file.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.file.source.parse.RecordParser;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.type.AvroTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Reads files and follows them as they grow. */
public final class FileSourceConnector extends SourceConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> config;

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
    TaskSettings settings = TaskSettings.read(config);
    try {
      RecordParser.of(
          FileSourceConfig.of(settings.options()),
          AvroTypes.toRow(settings.stream().getRowSchema()));
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return FileSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = Math.min(maxTasks, FileTable.SLOTS);
    List<Map<String, String>> configs = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      Map<String, String> task = new HashMap<>(config);
      task.put(FileSourceTask.FIRST, Integer.toString(i));
      task.put(FileSourceTask.TASKS, Integer.toString(tasks));
      configs.add(task);
    }
    return configs;
  }

  @Override
  public void stop() {
    // tasks hold everything
  }

  @Override
  public ConfigDef config() {
    return FileSourceConfig.OPTIONS.configDef(TaskSettings.OPTION_PREFIX);
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public String version() {
    return VERSION;
  }
}
