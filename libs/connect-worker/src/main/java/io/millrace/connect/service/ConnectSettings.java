package io.millrace.connect.service;

import io.millrace.connect.WorkerSettings;
import io.millrace.service.InstanceId;
import io.millrace.service.boot.KafkaSettings;
import io.millrace.service.plan.DeploymentGroups;
import io.millrace.service.secret.SecretCipher;
import io.millrace.service.secret.SecretException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.core.env.Environment;

/** How a service's worker is configured. */
record ConnectSettings(InstanceId instance, DeploymentGroups groups, WorkerSettings worker) {

  private static final Map<String, Integer> PORTS = Map.of("ingestion", 8092, "delivery", 8095);

  static ConnectSettings of(
      InstanceId instance, DeploymentGroups groups, Environment environment, KafkaSettings kafka) {
    String service = instance.service();
    Map<String, String> client = new HashMap<>();
    kafka.clientConfig().forEach((k, v) -> client.put(k, String.valueOf(v)));
    int port =
        environment.getProperty(
            "millrace.ports." + service + "-connect",
            Integer.class,
            PORTS.getOrDefault(service, 0));
    return new ConnectSettings(
        instance,
        groups,
        new WorkerSettings(
            service + groups.suffix(),
            client,
            environment.getProperty("millrace.connect.host", "127.0.0.1"),
            port,
            service.equals("ingestion"),
            environment.getProperty("millrace.plugin-path", ""),
            secrets(environment.getProperty("millrace.secret-key")),
            Map.of()));
  }

  /** Replaces the references to secrets within a text. */
  static UnaryOperator<String> resolver(Environment environment) {
    String key = environment.getProperty("millrace.secret-key");
    UnaryOperator<String> missing = secrets(key);
    return text -> {
      if (!SecretCipher.refersToSecret(text)) {
        return text;
      }
      return key == null || key.isBlank()
          ? missing.apply(text)
          : SecretCipher.of(key).resolve(text);
    };
  }

  /** Without a key everything runs but connectors that need a secret. */
  private static UnaryOperator<String> secrets(String key) {
    if (key == null || key.isBlank()) {
      return ciphertext -> {
        throw new SecretException(
            "no secret key is set; set %s to the one that the secrets were stored with"
                .formatted(SecretCipher.KEY_VARIABLE));
      };
    }
    return SecretCipher.of(key)::decrypt;
  }
}
