package io.millrace.connector.datagen;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.source.SourceEvents;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.event.MemorySchemaStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Makes up events. */
public final class DatagenConnector extends SourceConnector {

  static final String VERSION = "0.1.0";

  private Map<String, String> config;

  @Override
  public void start(Map<String, String> props) {
    config = Map.copyOf(props);
    TaskSettings settings = TaskSettings.read(config);
    SourceEvents events = new SourceEvents(settings, new MemorySchemaStore());
    try {
      DatagenConfig options = DatagenConfig.of(settings.options());
      new Generators(options).of(events.columns(), "");
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DatagenTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = Math.min(maxTasks, DatagenOffset.SPLITS);
    List<Map<String, String>> configs = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      Map<String, String> task = new HashMap<>(config);
      task.put(DatagenTask.FIRST, Integer.toString(i));
      task.put(DatagenTask.TASKS, Integer.toString(tasks));
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
    return DatagenConfig.OPTIONS.configDef(TaskSettings.OPTION_PREFIX);
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
