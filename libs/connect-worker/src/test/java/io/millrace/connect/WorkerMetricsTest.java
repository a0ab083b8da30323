package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {

  /** A task that failed, and whose partition another one took, would keep its lag for ever. */
  @Test
  void theLagOfAConsumerGoesWithIt() {
    Metrics failed = consumer(0, 7);
    Metrics next = consumer(1, 2);
    assertThat(WorkerMetrics.of("lags").lags("a")).isEqualTo(Map.of("t", 9L));
    failed.close();
    assertThat(WorkerMetrics.of("lags").lags("a")).isEqualTo(Map.of("t", 2L));
    next.close();
    assertThat(WorkerMetrics.of("lags").lags("a")).isEmpty();
  }

  private static Metrics consumer(int task, double lag) {
    WorkerMetrics reporter = new WorkerMetrics();
    reporter.configure(Map.of(WorkerProperties.SECRETS, "lags"));
    Metrics metrics =
        new Metrics(new MetricConfig(), new ArrayList<>(List.of(reporter)), Time.SYSTEM);
    metrics.addMetric(
        metrics.metricName(
            "records-lag",
            "consumer-fetch-manager-metrics",
            "",
            Map.of("client-id", "connector-consumer-a-" + task, "topic", "t", "partition", "0")),
        (Measurable) (config, now) -> lag);
    return metrics;
  }
}
