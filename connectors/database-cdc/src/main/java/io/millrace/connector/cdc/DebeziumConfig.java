package io.millrace.connector.cdc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a run of Debezium's task. */
final class DebeziumConfig {

  /** The topic of Debezium's notifications, which no broker ever sees. */
  static final String NOTIFICATIONS = "__millrace_notifications";

  /** What the topics of its heartbeats begin with; likewise. */
  static final String HEARTBEATS = "__millrace_heartbeat";

  private DebeziumConfig() {}

  /**
   * What all runs have in common; the caller may change it.
   *
   * @param captured names and patterns of tables
   */
  static Map<String, String> of(Capture capture, CdcSettings settings, List<String> captured) {
    Map<String, String> config = new HashMap<>(capture.database().debezium(settings, captured));
    config.put("connector.class", capture.dialect().connectorClass());
    config.put("name", settings.connectorName());
    config.put("topic.prefix", settings.identifier());
    config.put("notification.enabled.channels", "sink");
    config.put("notification.sink.topic.name", NOTIFICATIONS);
    config.put("topic.heartbeat.prefix", HEARTBEATS);
    config.put(
        "heartbeat.interval.ms",
        Long.toString(settings.options().duration("heartbeat").toMillis()));
    config.put(
        "poll.interval.ms",
        Long.toString(Math.max(1, settings.options().duration("poll_interval").toMillis())));
    int batch = settings.options().integer("batch");
    config.put("max.batch.size", Integer.toString(batch));
    config.put("max.queue.size", Integer.toString(batch * 4));
    config.put("include.schema.changes", "false");
    config.put("tombstones.on.delete", "false");
    config.put("skipped.operations", "none");
    config.put("decimal.handling.mode", "precise");
    config.put("time.precision.mode", "adaptive_time_microseconds");
    config.put("binary.handling.mode", "bytes");
    config.put("errors.max.retries", "0");
    // Quantiles that nobody asks for: a thread of its own for them, and a queue that each change
    // goes through. The guard counts what it passes on.
    config.put("statistics.metrics.enabled", "false");
    return config;
  }

  /** How a copy of tables is made. */
  static String copyMode(CdcSettings settings) {
    return settings.options().string("snapshot").equalsIgnoreCase("initial")
        ? "initial"
        : "no_data";
  }
}
