package io.millrace.connector.task;

import io.millrace.connector.ComponentContext;
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
 * What the task of a source or a sink has to know of its plan, as it travels in the connector's
 * configuration: there the statement's options stand under {@value #OPTION_PREFIX}, everything else
 * under {@code millrace.}.
 *
 * @param application namespace.name
 * @param component the name of the source or the sink
 * @param streams what it writes or delivers
 * @param stopOnError whether what cannot be processed stops it (on_error = 'stop') instead of going
 *     to the dead letters
 * @param options the statement's options, secrets in clear once the worker has resolved them
 * @param kafka how Kafka clients connect to Millrace's own cluster
 */
public record TaskSettings(
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

  /** The settings that a task was started with. */
  public static TaskSettings read(Map<String, String> config) {
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
      streams.add(decode(config.get(STREAM_PREFIX + i)));
    }
    return new TaskSettings(
        config.get(APPLICATION),
        config.get(COMPONENT),
        List.copyOf(streams),
        Boolean.parseBoolean(config.get(STOP_ON_ERROR)),
        Map.copyOf(options),
        Map.copyOf(kafka));
  }

  /**
   * The Kafka Connect configuration that every connector has: its class, records as bytes, and
   * these settings. The caller adds its own.
   *
   * @param streams what it writes or delivers
   */
  public static Map<String, String> connectConfig(
      ComponentContext context, Class<?> connector, List<StreamDefinition> streams) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", connector.getName());
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    config.put(APPLICATION, context.plan().getApplication());
    config.put(COMPONENT, context.component().getName());
    config.put(STOP_ON_ERROR, Boolean.toString(stopOnError(context)));
    for (int i = 0; i < streams.size(); i++) {
      config.put(STREAM_PREFIX + i, encode(streams.get(i)));
    }
    context.component().getOptions().forEach((k, v) -> config.put(OPTION_PREFIX + k, v));
    context.kafkaClient().forEach((k, v) -> config.put(KAFKA_PREFIX + k, v));
    return config;
  }

  /** The only stream of a component that has one. */
  public StreamDefinition stream() {
    return streams.getFirst();
  }

  /** The stream of a topic, if the plan knew it. */
  public Optional<StreamDefinition> stream(String topic) {
    return streams.stream().filter(s -> s.getTopic().equals(topic)).findFirst();
  }

  /** The component's name in Kafka Connect and in the targets' records of positions. */
  public String fullName() {
    return ComponentContext.connectorName(application, component);
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

  private static StreamDefinition decode(String text) {
    try {
      return StreamDefinition.fromByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
