package io.millrace.connect;

import io.millrace.connector.StoppedOnErrorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Counts from 0 up to a limit, one record a number; fails when its secret is wrong. */
public class CountingConnector extends SourceConnector {

  private Map<String, String> config;

  @Override
  public void start(Map<String, String> props) {
    config = props;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CountingTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(config);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public String version() {
    return "1";
  }

  /** Its task. */
  public static class CountingTask extends SourceTask {

    private static final Map<String, String> PARTITION = Map.of("of", "numbers");
    private String topic;
    private long limit;
    private long next;

    @Override
    public void start(Map<String, String> props) {
      if (props.containsKey("refuse")) {
        throw new StoppedOnErrorException("line 7", "not a number");
      }
      if (!"open sesame".equals(props.get("password"))) {
        throw new IllegalArgumentException("the password is wrong");
      }
      topic = props.get("topic");
      limit = Long.parseLong(props.get("limit"));
      Map<String, Object> offset = context.offsetStorageReader().offset(PARTITION);
      next = offset == null ? 0 : (Long) offset.get("next");
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
      if (next >= limit) {
        synchronized (this) {
          wait(50);
        }
        return null;
      }
      List<SourceRecord> records = new ArrayList<>();
      for (int i = 0; i < 10 && next < limit; i++) {
        byte[] value = Long.toString(next++).getBytes(StandardCharsets.UTF_8);
        records.add(
            new SourceRecord(
                PARTITION, Map.of("next", next), topic, 0, Schema.BYTES_SCHEMA, value));
      }
      return records;
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
      return "1";
    }
  }
}
