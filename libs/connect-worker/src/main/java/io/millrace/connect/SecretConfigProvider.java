package io.millrace.connect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Resolves {@code ${secret:CIPHERTEXT}} in the configurations of connectors and tasks. Kafka
 * Connect makes the instances; the means of decrypting stays in memory and never enters a
 * configuration.
 */
public final class SecretConfigProvider implements ConfigProvider {

  private static final Map<String, UnaryOperator<String>> WORKERS = new ConcurrentHashMap<>();

  private UnaryOperator<String> secrets;

  static void register(String workerKey, UnaryOperator<String> secrets) {
    WORKERS.put(workerKey, secrets);
  }

  static void forget(String workerKey) {
    WORKERS.remove(workerKey);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    Object workerKey = configs.get(WorkerProperties.SECRETS);
    secrets = workerKey == null ? null : WORKERS.get(workerKey.toString());
    if (secrets == null) {
      throw new ConfigException("the config provider 'secret' works only in a Millrace worker");
    }
  }

  @Override
  public ConfigData get(String path) {
    return new ConfigData(Map.of());
  }

  @Override
  public ConfigData get(String path, Set<String> ciphertexts) {
    Map<String, String> clear = new HashMap<>();
    for (String ciphertext : ciphertexts) {
      clear.put(ciphertext, secrets.apply(ciphertext));
    }
    return new ConfigData(clear);
  }

  @Override
  public void close() {}
}
