package io.millrace.connect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Holds the metrics of one worker's tasks, so that they can be asked for without JMX. Kafka Connect
 * makes the instances, one for the worker and one a sink task's consumer; {@link #of} finds what
 * they share.
 */
public final class WorkerMetrics implements MetricsReporter {

  private static final Map<String, WorkerMetrics> WORKERS = new ConcurrentHashMap<>();
  private static final Set<String> GROUPS =
      Set.of(
          "source-task-metrics",
          "sink-task-metrics",
          "connect-worker-rebalance-metrics",
          "consumer-fetch-manager-metrics");

  private Map<MetricName, KafkaMetric> metrics = new ConcurrentHashMap<>();
  private final Map<MetricName, KafkaMetric> own = new ConcurrentHashMap<>();

  static WorkerMetrics of(String workerKey) {
    return WORKERS.computeIfAbsent(workerKey, k -> new WorkerMetrics());
  }

  static void forget(String workerKey) {
    WORKERS.remove(workerKey);
  }

  /** The sum of a metric over the tasks of a connector that run on this worker. */
  double sum(String connector, String name) {
    double sum = 0;
    for (Map.Entry<MetricName, KafkaMetric> entry : metrics.entrySet()) {
      if (entry.getKey().name().equals(name)
          && connector.equals(entry.getKey().tags().get("connector"))
          && entry.getValue().metricValue() instanceof Number number) {
        sum += number.doubleValue();
      }
    }
    return sum;
  }

  /** Whether a task of a connector runs on this worker. */
  boolean hasTask(String connector, int task) {
    String id = Integer.toString(task);
    return metrics.keySet().stream()
        .anyMatch(
            m -> connector.equals(m.tags().get("connector")) && id.equals(m.tags().get("task")));
  }

  /** How many committed events the sink tasks here have still to take, by topic. */
  Map<String, Long> lags(String connector) {
    String prefix = "connector-consumer-" + connector + "-";
    Map<String, Long> lags = new HashMap<>();
    metrics.forEach((name, metric) -> {
      String client = name.tags().get("client-id");
      String topic = name.tags().get("topic");
      if (name.name().equals("records-lag")
          && topic != null
          && client != null
          && client.startsWith(prefix)
          && client.substring(prefix.length()).chars().allMatch(Character::isDigit)
          && metric.metricValue() instanceof Number lag
          && Double.isFinite(lag.doubleValue())) {
        lags.merge(topic, lag.longValue(), Long::sum);
      }
    });
    return lags;
  }

  /** Whether this worker leads its group. */
  boolean leads(String workerId) {
    for (KafkaMetric metric : metrics.values()) {
      if (metric.metricName().name().equals("leader-name")
          && metric.metricValue() instanceof String leader) {
        return leader.contains("//" + workerId + "/");
      }
    }
    return false;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    Object workerKey = configs.get(WorkerProperties.SECRETS);
    if (workerKey != null) {
      metrics = of(workerKey.toString()).metrics;
    }
  }

  @Override
  public void init(List<KafkaMetric> existing) {
    existing.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    if (GROUPS.contains(metric.metricName().group())) {
      metrics.put(metric.metricName(), metric);
      own.put(metric.metricName(), metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    metrics.remove(metric.metricName(), metric);
    own.remove(metric.metricName(), metric);
  }

  /** A consumer that is closed says so here alone: its lags would stay as they were for ever. */
  @Override
  public void close() {
    own.forEach(metrics::remove);
    own.clear();
  }
}
