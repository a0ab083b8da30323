package io.millrace.connector.source;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.option.OptionSet;
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

/**
 * What a source's task has to know of its plan, as it travels in the connector's configuration:
 * there the statement's options stand under {@value #OPTION_PREFIX}, everything else under {@code
 * millrace.}.
 *
 * @param application namespace.name
 * @param component the source's name
 * @param streams what it writes
 * @param stopOnError whether what cannot be parsed stops the source (on_error = 'stop') instead of
 *     going to the dead letters
 * @param options the statement's options, secrets in clear once the worker has resolved them
 * @param kafka how Kafka clients connect to Millrace's own cluster
 */
public record SourceSettings(
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

  /** Adds the options that every source takes. */
  public static OptionSet.Builder commonOptions(OptionSet.Builder options) {
    return options
        .group("Running")
        .option("tasks", OptionType.INT, "How many tasks share the work at most")
        .defaultValue("1")
        .range(1, 1000)
        .option(
            "on_error",
            OptionType.STRING,
            "What becomes of what cannot be parsed: dead-letter keeps it with the reason and goes"
                + " on, stop fails the source. Default: what the application says")
        .allowed("dead-letter", "stop");
  }

  /** The settings that a task was started with. */
  public static SourceSettings read(Map<String, String> config) {
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
    return new SourceSettings(
        config.get(APPLICATION),
        config.get(COMPONENT),
        List.copyOf(streams),
        Boolean.parseBoolean(config.get(STOP_ON_ERROR)),
        Map.copyOf(options),
        Map.copyOf(kafka));
  }

  /**
   * The Kafka Connect configuration of a source: its class, records as bytes, exactly-once with a
   * transaction a poll, and these settings.
   */
  public static Map<String, String> connectConfig(ComponentContext context, Class<?> connector) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", connector.getName());
    String tasks = context.option("tasks");
    config.put("tasks.max", tasks == null ? "1" : tasks.strip());
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    config.put("exactly.once.support", "required");
    config.put(APPLICATION, context.plan().getApplication());
    config.put(COMPONENT, context.component().getName());
    String own = context.option("on_error");
    String all = context.plan().getOptions().get("on_error");
    config.put(STOP_ON_ERROR, Boolean.toString("stop".equalsIgnoreCase(own == null ? all : own)));
    for (int i = 0; i < context.outputs().size(); i++) {
      config.put(STREAM_PREFIX + i, encode(context.outputs().get(i)));
    }
    context.component().getOptions().forEach((k, v) -> config.put(OPTION_PREFIX + k, v));
    context.kafkaClient().forEach((k, v) -> config.put(KAFKA_PREFIX + k, v));
    return config;
  }

  /** The only stream of a source that has one. */
  public StreamDefinition stream() {
    return streams.getFirst();
  }

  /** The source's name in Kafka Connect. */
  public String fullName() {
    return ComponentContext.connectorName(application, component);
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
