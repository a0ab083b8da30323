package io.millrace.connector.source;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.OptionType;
import java.util.Map;

/** What all sources have in common: options, and how Kafka Connect runs them. */
public final class SourceSettings {

  private SourceSettings() {}

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

  /**
   * The Kafka Connect configuration of a source: what every connector has, and exactly-once with a
   * transaction a poll.
   */
  public static Map<String, String> connectConfig(ComponentContext context, Class<?> connector) {
    Map<String, String> config = TaskSettings.connectConfig(context, connector, context.outputs());
    String tasks = context.option("tasks");
    config.put("tasks.max", tasks == null ? "1" : tasks.strip());
    config.put("exactly.once.support", "required");
    return config;
  }
}
