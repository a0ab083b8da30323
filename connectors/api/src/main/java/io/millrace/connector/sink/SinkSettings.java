package io.millrace.connector.sink;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.option.OptionSet;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.control.StreamDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sink's task has to know of its plan, as it travels in the connector's configuration: there
 * the statement's options stand under {@value #OPTION_PREFIX}, everything else under {@code
 * millrace.}.
 *
 * @param application namespace.name
 * @param component the sink's name
 * @param streams what it delivers
 * @param stopOnError whether a refused record stops the sink (on_error = 'stop') instead of going
 *     to the dead letters
 * @param options the statement's options, secrets in clear once the worker has resolved them
 * @param kafka how Kafka clients connect to Millrace's own cluster
 */
public record SinkSettings(
    String application,
    String component,
    List<StreamDefinition> streams,
    boolean stopOnError,
    Map<String, String> options,
    Map<String, Object> kafka) {

  public static final String OPTION_PREFIX = "option.";
  private static final String APPLICATION = "millrace.application";
  private static final String COMPONENT = "millrace.component";
  private static final String STREAM_PREFIX = "millrace.stream.";
  private static final String STOP_ON_ERROR = "millrace.stop-on-error";
  private static final String KAFKA_PREFIX = "millrace.kafka.";

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  /** Adds the options that every sink takes. */
  public static OptionSet.Builder commonOptions(OptionSet.Builder options) {
    return options
        .group("Running")
        .option(
            "tasks",
            OptionType.INT,
            "How many tasks share the partitions. Default: one a partition, at most 4")
        .range(1, 1000)
        .option(
            "on_error",
            OptionType.STRING,
            "What becomes of an event that cannot be delivered: dead-letter keeps it with the"
                + " reason and goes on, stop fails the sink. Default: what the application says")
        .allowed("dead-letter", "stop");
  }

  /** The settings that a task was started with. */
  public static SinkSettings read(Map<String, String> config) {
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, Object> kafka = new LinkedHashMap<>();
    config.forEach((key, value) -> {
      if (key.startsWith(OPTION_PREFIX)) {
        options.put(key.substring(OPTION_PREFIX.length()), value);
      } else if (key.startsWith(KAFKA_PREFIX)) {
        kafka.put(key.substring(KAFKA_PREFIX.length()), value);
      }
    });
    List<StreamDefinition> streams = new ArrayList<>();
    for (int i = 0; config.containsKey(STREAM_PREFIX + i); i++) {
      byte[] bytes = Base64.getDecoder().decode(config.get(STREAM_PREFIX + i));
      try {
        streams.add(StreamDefinition.fromByteBuffer(ByteBuffer.wrap(bytes)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new SinkSettings(
        config.get(APPLICATION),
        config.get(COMPONENT),
        List.copyOf(streams),
        Boolean.parseBoolean(config.get(STOP_ON_ERROR)),
        Map.copyOf(options),
        Map.copyOf(kafka));
  }

  /**
   * The Kafka Connect configuration of a sink: its class, its topics and the application's replays,
   * records as bytes, a consumer that reads committed records in large batches without waiting, and
   * these settings.
   */
  public static Map<String, String> connectConfig(ComponentContext context, Class<?> connector) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", connector.getName());
    List<String> topics = new ArrayList<>();
    context.inputs().forEach(s -> topics.add(s.getTopic()));
    topics.add(Topics.replays(context.plan().getApplication()));
    config.put("topics", String.join(",", topics));
    config.put("tasks.max", Integer.toString(tasks(context)));
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    config.put("consumer.override.isolation.level", "read_committed");
    // Connect's default gives the first partitions of all topics to one task.
    config.put(
        "consumer.override.partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.StickyAssignor");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.fetch.min.bytes", "1");
    config.put("consumer.override.max.poll.records", "5000");
    config.put("consumer.override.max.partition.fetch.bytes", Integer.toString(4 << 20));
    config.put("consumer.override.metadata.max.age.ms", "10000");
    config.put("consumer.override.allow.auto.create.topics", "false");
    config.put(APPLICATION, context.plan().getApplication());
    config.put(COMPONENT, context.component().getName());
    config.put(STOP_ON_ERROR, Boolean.toString(stopOnError(context)));
    for (int i = 0; i < context.inputs().size(); i++) {
      config.put(STREAM_PREFIX + i, encode(context.inputs().get(i)));
    }
    context.component().getOptions().forEach((k, v) -> config.put(OPTION_PREFIX + k, v));
    context.kafkaClient().forEach((k, v) -> config.put(KAFKA_PREFIX + k, v));
    return config;
  }

  /** The stream of a topic, if the plan knew it. */
  public Optional<StreamDefinition> stream(String topic) {
    return streams.stream().filter(s -> s.getTopic().equals(topic)).findFirst();
  }

  /** The sink's name in Kafka Connect and in the targets' records of positions. */
  public String fullName() {
    return ComponentContext.connectorName(application, component);
  }

  private static int tasks(ComponentContext context) {
    String given = context.option("tasks");
    if (given != null) {
      return Integer.parseInt(given.strip());
    }
    int partitions = context.inputs().stream().mapToInt(StreamDefinition::getPartitions).sum();
    return Math.clamp(partitions, 1, 4);
  }

  private static boolean stopOnError(ComponentContext context) {
    String own = context.option("on_error");
    String all = context.plan().getOptions().get("on_error");
    return "stop".equalsIgnoreCase(own == null ? all : own);
  }

  private static String encode(StreamDefinition stream) {
    try {
      ByteBuffer buffer = stream.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return Base64.getEncoder().encodeToString(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
