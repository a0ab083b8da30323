package io.millrace.connect;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How a worker runs.
 *
 * @param service names the group of workers that share the connectors, and their internal topics
 *     {@code millrace.connect.<service>.configs|offsets|status}
 * @param kafkaClient how Kafka clients connect here: bootstrap.servers and, where needed, security
 * @param host where other workers of the group reach this one's REST listener
 * @param restPort the listener's port; 0 picks a free one
 * @param exactlyOnceSources whether source connectors write in transactions with their offsets
 * @param pluginPath directories of isolated plugins, separated by commas; may be empty
 * @param secrets turns the ciphertext of {@code ${secret:CIPHERTEXT}} into clear text
 * @param overrides worker properties that replace the ones derived from the above
 */
public record WorkerSettings(
    String service,
    Map<String, String> kafkaClient,
    String host,
    int restPort,
    boolean exactlyOnceSources,
    String pluginPath,
    UnaryOperator<String> secrets,
    Map<String, String> overrides) {

  public WorkerSettings {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(secrets, "secrets");
    kafkaClient = Map.copyOf(kafkaClient);
    overrides = Map.copyOf(overrides);
    if (pluginPath == null) {
      pluginPath = "";
    }
  }

  /** Settings without secrets, plugins or overrides, listening on the loopback address. */
  public static WorkerSettings of(
      String service, Map<String, String> kafkaClient, int restPort, boolean exactlyOnceSources) {
    return new WorkerSettings(
        service,
        kafkaClient,
        "127.0.0.1",
        restPort,
        exactlyOnceSources,
        "",
        ciphertext -> {
          throw new IllegalStateException("this worker has no secret key");
        },
        Map.of());
  }
}
