package io.millrace.connector.kafka.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.event.MemorySchemaStore;
import io.millrace.schemas.type.AvroTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares the partitions of a topic among tasks, those that are added later too. */
public final class KafkaSourceConnector extends SourceConnector {

  static final String VERSION = "0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSourceConnector.class);
  private static final long LOOK_SECONDS = 30;

  private Map<String, String> config;
  private KafkaSourceConfig options;
  private ScheduledExecutorService looking;
  private volatile int partitions;

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    config = Map.copyOf(properties);
    TaskSettings settings = TaskSettings.read(config);
    try {
      options = KafkaSourceConfig.of(settings.options(), settings.kafka());
      ValueParser.of(
          options, AvroTypes.toRow(settings.stream().getRowSchema()), new MemorySchemaStore());
      partitions = KafkaSourceTopic.find(options.client(), options.topic()).partitions();
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("partitions-of-" + options.topic()).factory());
    looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return KafkaSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = Math.min(maxTasks, partitions);
    List<Map<String, String>> configs = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      List<String> mine = new ArrayList<>();
      for (int partition = task; partition < partitions; partition += tasks) {
        mine.add(Integer.toString(partition));
      }
      Map<String, String> taskConfig = new HashMap<>(config);
      taskConfig.put(KafkaSourceTask.PARTITIONS, String.join(",", mine));
      configs.add(taskConfig);
    }
    return configs;
  }

  @Override
  public void stop() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }

  @Override
  public ConfigDef config() {
    return KafkaSourceConfig.OPTIONS.configDef(TaskSettings.OPTION_PREFIX);
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  private void look() {
    try {
      int now = KafkaSourceTopic.find(options.client(), options.topic()).partitions();
      if (now != partitions) {
        LOG.info("topic {} has {} partitions now", options.topic(), now);
        partitions = now;
        context.requestTaskReconfiguration();
      }
    } catch (RuntimeException e) {
      LOG.warn("{}; looking again in {} s", e.getMessage(), LOOK_SECONDS);
    }
  }
}
