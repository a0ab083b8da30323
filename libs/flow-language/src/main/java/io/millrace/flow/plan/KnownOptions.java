package io.millrace.flow.plan;

import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import java.util.List;
import java.util.Map;

/** The options of the language's own statements, and of the connectors that fill caches. */
final class KnownOptions {

  /** The option of a query that its component keeps. */
  static final String START_FROM = "start_from";

  static final List<OptionDescriptor> APPLICATION =
      List.of(
          option("delivery", OptionType.STRING, "What is guaranteed")
              .setAllowed(List.of("exactly-once", "at-least-once"))
              .build(),
          option("on_error", OptionType.STRING, "What becomes of what cannot be processed")
              .setAllowed(List.of("dead-letter", "stop"))
              .build(),
          partitions(),
          retention(),
          option(
                  "idle_timeout",
                  OptionType.DURATION,
                  "How long an input may be silent before time goes on without it; longer than what"
                      + " writes it may be away, or what comes after that is late")
              .setDefaultValue("1 minute")
              .setMinimum(1d)
              .build(),
          option(
                  "state_retention",
                  OptionType.DURATION,
                  "How long a key that nothing comes for is remembered")
              .setMinimum(1000d)
              .build(),
          option(
                  "state_memory",
                  OptionType.SIZE,
                  "How much memory what its queries remember may take on one instance of the"
                      + " analytics service; what needs more is stopped")
              .setMinimum(1024d * 1024)
              .build(),
          option("description", OptionType.STRING, "What the application is for").build());

  /** Of a stream whose topic is Millrace's. */
  static final List<OptionDescriptor> STREAM = List.of(partitions(), retention());

  /** Of a stream that a query fills. */
  static final List<OptionDescriptor> QUERY =
      List.of(
          partitions(),
          retention(),
          option(START_FROM, OptionType.STRING, "Where in its inputs a new query begins")
              .setAllowed(List.of("earliest", "latest"))
              .build());

  /** Of a stream with declared columns. */
  static final List<OptionDescriptor> DECLARED_STREAM =
      List.of(
          option("topic", OptionType.STRING, "The topic that others write").build(),
          option("format", OptionType.STRING, "How its events are written").build(),
          partitions(),
          retention());

  private static final OptionDescriptor REFRESH =
      option("refresh", OptionType.DURATION, "How often the rows are loaded again").build();

  /** Of a cache that is loaded, by the connector's type. */
  static final Map<String, List<OptionDescriptor>> CACHES =
      Map.of(
          "jdbc",
          List.of(
              option("url", OptionType.STRING, "The JDBC address of the database")
                  .setRequired(true)
                  .build(),
              option("username", OptionType.STRING, "The user").build(),
              option("password", OptionType.SECRET, "The user's password").build(),
              option("query", OptionType.SQL, "The SELECT that gives the rows").build(),
              option("table", OptionType.STRING, "The table, in place of a query").build(),
              option("driver", OptionType.STRING, "The driver's class").build(),
              option("fetch_size", OptionType.INT, "How many rows are fetched at a time")
                  .setMinimum(1d)
                  .build(),
              REFRESH),
          "file",
          List.of(
              option("path", OptionType.STRING, "The file").setRequired(true).build(),
              option("format", OptionType.STRING, "How it is written")
                  .setAllowed(List.of("csv", "json"))
                  .build(),
              option("delimiter", OptionType.STRING, "What stands between the columns").build(),
              option("quote", OptionType.STRING, "What stands around values").build(),
              option("header", OptionType.BOOLEAN, "Whether the first line names the columns")
                  .build(),
              option("charset", OptionType.STRING, "The file's character set").build(),
              option("null_text", OptionType.STRING, "What stands for NULL").build(),
              REFRESH));

  /** Of a model. */
  static final List<OptionDescriptor> MODEL =
      List.of(
          option("type", OptionType.STRING, "The format of the model")
              .setRequired(true)
              .setAllowed(List.of("onnx", "h2o-mojo", "jar"))
              .build(),
          option("location", OptionType.STRING, "The model's file").setRequired(true).build(),
          option("output", OptionType.STRING, "Which of its outputs is the prediction").build(),
          option("refresh", OptionType.DURATION, "How often a new version is looked for").build());

  private KnownOptions() {}

  private static OptionDescriptor partitions() {
    return option("partitions", OptionType.INT, "How many partitions a topic has")
        .setMinimum(1d)
        .setMaximum(1000d)
        .build();
  }

  private static OptionDescriptor retention() {
    return option("retention", OptionType.DURATION, "How long events are kept")
        .setMinimum(1000d)
        .build();
  }

  private static OptionDescriptor.Builder option(String name, OptionType type, String what) {
    return OptionDescriptor.newBuilder().setName(name).setType(type).setDocumentation(what);
  }
}
