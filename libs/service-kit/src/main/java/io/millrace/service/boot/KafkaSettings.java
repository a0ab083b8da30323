package io.millrace.service.boot;

import java.util.HashMap;
import java.util.Map;

/**
 * How Kafka clients of this service connect: {@code millrace.kafka}, and for brokers that ask for
 * more whatever stands under {@code millrace.kafka-client} (security.protocol, sasl.mechanism, …).
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> options) {

  public KafkaSettings {
    options = Map.copyOf(options);
  }

  /** What every client's configuration starts with. */
  public Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(options);
    config.put("bootstrap.servers", bootstrapServers);
    return config;
  }
}
