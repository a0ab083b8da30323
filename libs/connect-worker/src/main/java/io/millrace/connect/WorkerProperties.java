package io.millrace.connect;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.converters.ByteArrayConverter;

/** The Kafka Connect worker properties that follow from settings. */
final class WorkerProperties {

  static final String SECRETS = "millrace.worker";

  private WorkerProperties() {}

  static Map<String, String> of(WorkerSettings settings, int port, String workerKey) {
    String topics = "millrace.connect." + settings.service() + ".";
    Map<String, String> p = new HashMap<>(settings.kafkaClient());
    p.put("group.id", "millrace-connect-" + settings.service());
    p.put("config.storage.topic", topics + "configs");
    p.put("offset.storage.topic", topics + "offsets");
    p.put("status.storage.topic", topics + "status");
    // -1: the broker's defaults, which suit one broker as well as a cluster
    p.put("config.storage.replication.factor", "-1");
    p.put("offset.storage.replication.factor", "-1");
    p.put("status.storage.replication.factor", "-1");
    p.put("offset.storage.partitions", "5");
    p.put("status.storage.partitions", "1");
    p.put("key.converter", ByteArrayConverter.class.getName());
    p.put("value.converter", ByteArrayConverter.class.getName());
    p.put("exactly.once.source.support", settings.exactlyOnceSources() ? "enabled" : "disabled");
    p.put("connector.client.config.override.policy", "All");
    p.put("plugin.discovery", "service_load");
    if (!settings.pluginPath().isBlank()) {
      p.put("plugin.path", settings.pluginPath());
    }
    p.put("listeners", "http://" + settings.host() + ":" + port);
    p.put("rest.advertised.host.name", settings.host());
    p.put("rest.advertised.port", Integer.toString(port));
    p.put("rest.extension.classes", InternalCallsOnly.class.getName());
    p.put("metric.reporters", WorkerMetrics.class.getName());
    p.put("consumer.metric.reporters", WorkerMetrics.class.getName());
    p.put("consumer." + SECRETS, workerKey);
    p.put(SECRETS, workerKey);
    p.put("config.providers", "secret");
    p.put("config.providers.secret.class", SecretConfigProvider.class.getName());
    p.put("config.providers.secret.param." + SECRETS, workerKey);
    p.put("topic.creation.enable", "true");
    p.put("task.shutdown.graceful.timeout.ms", "10000");
    p.put("offset.flush.interval.ms", "5000");
    p.put("scheduled.rebalance.max.delay.ms", "5000");
    p.put("session.timeout.ms", "10000");
    p.put("heartbeat.interval.ms", "1000");
    p.put("consumer.isolation.level", "read_committed");
    p.put("consumer.auto.offset.reset", "earliest");
    p.put("producer.partitioner.class", EvenPartitioner.class.getName());
    p.put("producer.compression.type", "lz4");
    p.put("producer.linger.ms", "0");
    p.put("producer.batch.size", "131072");
    p.put("producer.buffer.memory", "67108864");
    p.putAll(settings.overrides());
    return p;
  }
}
