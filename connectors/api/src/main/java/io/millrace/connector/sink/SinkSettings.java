package io.millrace.connector.sink;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What all sinks have in common: options, and how Kafka Connect runs them. */
public final class SinkSettings {

  private SinkSettings() {}

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

  /**
   * The Kafka Connect configuration of a sink: what every connector has, its topics and the
   * application's replays, and a consumer that reads committed records in large batches without
   * waiting.
   */
  public static Map<String, String> connectConfig(ComponentContext context, Class<?> connector) {
    Map<String, String> config = TaskSettings.connectConfig(context, connector, context.inputs());
    List<String> topics = new ArrayList<>();
    context.inputs().forEach(s -> topics.add(s.getTopic()));
    topics.add(Topics.replays(context.plan().getApplication()));
    config.put("topics", String.join(",", topics));
    config.put("tasks.max", Integer.toString(tasks(context)));
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
    return config;
  }

  private static int tasks(ComponentContext context) {
    String given = context.option("tasks");
    if (given != null) {
      return Integer.parseInt(given.strip());
    }
    int partitions = context.inputs().stream().mapToInt(StreamDefinition::getPartitions).sum();
    return Math.clamp(partitions, 1, 4);
  }
}
