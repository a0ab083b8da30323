package io.millrace.connector.cdc;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.option.OptionValues;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.StreamDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What a capture's task has to know, as it travels in the connector's configuration: the
 * statement's options under {@code option.}, the rest under {@code millrace.}.
 *
 * @param connectorName its name in Kafka Connect, from which everything that has to be stable and
 *     unique in the database is derived
 * @param routes the streams of tables; other tables that the patterns match get a topic of their
 *     own name
 */
record CdcSettings(
    String connectorName,
    String application,
    String source,
    Map<String, Route> routes,
    OptionValues options,
    Map<String, Object> kafka) {

  /**
   * The stream of a table.
   *
   * @param key the columns whose values are the record key; empty for the primary key
   */
  record Route(String topic, List<String> key) {}

  private static final String OPTION_PREFIX = "option.";
  private static final String KAFKA_PREFIX = "millrace.kafka.";
  private static final String ROUTE_PREFIX = "millrace.route.";
  private static final String APPLICATION = "millrace.application";
  private static final String SOURCE = "millrace.component";
  private static final String TAB = "\t";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  static Map<String, String> connectConfig(ComponentContext context, Class<?> connector) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", connector.getName());
    config.put("tasks.max", "1");
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", "connector");
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    // A snapshot is one transaction; this is the longest that a broker takes by default.
    config.put("producer.override.transaction.timeout.ms", "900000");
    config.put("producer.override.batch.size", "262144");
    config.put("producer.override.linger.ms", "0");
    config.put("topic.creation.groups", "captures");
    config.put("topic.creation.captures.include", Topics.CAPTURES.replace(".", "\\."));
    config.put("topic.creation.captures.partitions", "1");
    config.put("topic.creation.captures.replication.factor", "-1");
    config.put("topic.creation.captures.cleanup.policy", "compact");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "-1");
    config.put(APPLICATION, context.plan().getApplication());
    config.put(SOURCE, context.component().getName());
    for (StreamDefinition stream : context.outputs()) {
      config.put(
          ROUTE_PREFIX + stream.getTable(),
          stream.getTopic() + TAB + String.join(TAB, stream.getPartitionBy()));
    }
    context.component().getOptions().forEach((k, v) -> config.put(OPTION_PREFIX + k, v));
    context.kafkaClient().forEach((k, v) -> config.put(KAFKA_PREFIX + k, v));
    return config;
  }

  static CdcSettings read(Map<String, String> config, CdcOptions options) {
    Map<String, String> given = new LinkedHashMap<>();
    Map<String, Object> kafka = new LinkedHashMap<>();
    Map<String, Route> routes = new LinkedHashMap<>();
    config.forEach((key, value) -> {
      if (key.startsWith(OPTION_PREFIX)) {
        given.put(key.substring(OPTION_PREFIX.length()), value);
      } else if (key.startsWith(KAFKA_PREFIX)) {
        kafka.put(key.substring(KAFKA_PREFIX.length()), value);
      } else if (key.startsWith(ROUTE_PREFIX)) {
        List<String> parts = List.of(value.split(TAB));
        routes.put(
            key.substring(ROUTE_PREFIX.length()).toLowerCase(java.util.Locale.ROOT),
            new Route(parts.getFirst(), parts.subList(1, parts.size())));
      }
    });
    return new CdcSettings(
        config.get("name"),
        config.get(APPLICATION),
        config.get(SOURCE),
        Map.copyOf(routes),
        options.set().read(given),
        Map.copyOf(kafka));
  }

  /** Where the changes of a table go. */
  Route route(String table) {
    Route route = routes.get(table.toLowerCase(java.util.Locale.ROOT));
    return route == null
        ? new Route("%s.%s.%s".formatted(application, source, table), List.of())
        : route;
  }

  /** The tables' names and patterns; those that have streams when none are given. */
  TablePatterns tables() {
    List<String> given = options.list("tables");
    return new TablePatterns(given.isEmpty() ? List.copyOf(routes.keySet()) : given);
  }

  /** A name for things in the database and of Debezium: letters, digits and underscores. */
  String identifier() {
    String plain = connectorName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    return "millrace_%s_%08x"
        .formatted(plain.substring(0, Math.min(plain.length(), 40)), checksum());
  }

  /** A replication client's id that is the same at every start and rarely anybody else's. */
  long serverId() {
    return options.has("server_id")
        ? options.number("server_id")
        : 100_000_000L + checksum() % 1_900_000_000L;
  }

  private long checksum() {
    CRC32 crc = new CRC32();
    crc.update(connectorName.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
