package io.millrace.connector.kafka;

import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.schemas.control.OptionType;
import java.util.HashMap;
import java.util.Map;

/** How to reach the cluster that a statement names. */
public final class KafkaClients {

  private static final String CLIENT_PREFIX = "client.";

  private KafkaClients() {}

  /** Adds the options that name a cluster. */
  public static OptionSet.Builder options(OptionSet.Builder options) {
    return options
        .group("Cluster")
        .option(
            "bootstrap_servers",
            OptionType.STRING,
            "host:port of one or more brokers, separated by commas. Default: Millrace's own"
                + " cluster")
        .option("security_protocol", OptionType.STRING, "How to connect to these brokers")
        .allowed("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
        .option("sasl_mechanism", OptionType.STRING, "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, …")
        .option("sasl_jaas_config", OptionType.SECRET, "Log-in module with user and password")
        .option(
            "client.*", OptionType.STRING, "Any other setting of Kafka's clients, by its own name");
  }

  /**
   * The client configuration for the cluster.
   *
   * @param own how clients connect to Millrace's own cluster, for when no other is named
   */
  public static Map<String, Object> config(OptionValues options, Map<String, ?> own) {
    Map<String, Object> config = new HashMap<>();
    if (options.text("bootstrap_servers").isPresent()) {
      config.put("bootstrap.servers", options.string("bootstrap_servers"));
      put(config, "security.protocol", options, "security_protocol");
      put(config, "sasl.mechanism", options, "sasl_mechanism");
      put(config, "sasl.jaas.config", options, "sasl_jaas_config");
    } else {
      config.putAll(own);
    }
    for (String name : options.names()) {
      if (name.startsWith(CLIENT_PREFIX)) {
        config.put(name.substring(CLIENT_PREFIX.length()), options.string(name));
      }
    }
    return config;
  }

  private static void put(
      Map<String, Object> config, String setting, OptionValues options, String option) {
    options.text(option).ifPresent(value -> config.put(setting, value));
  }
}
