package io.millrace.connector.kafka.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.kafka.KafkaClients;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.option.Texts;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The options of the source {@code kafka}.
 *
 * @param startMillis where to start when {@code start} is TIMESTAMP, milliseconds since the epoch
 * @param avroSchema what the values were written with, or null
 * @param client how clients connect to the cluster that is read
 */
record KafkaSourceConfig(
    String topic,
    Format format,
    Start start,
    long startMillis,
    char delimiter,
    String nullText,
    Schema avroSchema,
    Framing framing,
    int maxPollRecords,
    Map<String, Object> client) {

  /** What the records' values are. */
  enum Format {
    JSON,
    AVRO,
    CSV,
    RAW
  }

  /** Where a partition is begun of which nothing was read yet. */
  enum Start {
    EARLIEST,
    LATEST,
    TIMESTAMP
  }

  /** What stands before Avro's bytes. */
  enum Framing {
    SINGLE_OBJECT,
    CONFLUENT,
    NONE
  }

  static final OptionSet OPTIONS =
      KafkaClients.options(
              OptionSet.builder()
                  .option("topic", OptionType.STRING, "Topic to read")
                  .required()
                  .option(
                      "format",
                      OptionType.STRING,
                      "json: an object a record, columns by name. csv: a line a record, columns in"
                          + " their order. avro: columns by name. raw: the column value takes the"
                          + " bytes or the text; the columns key, topic, partition, offset,"
                          + " timestamp and headers take what their names say")
                  .allowed("json", "avro", "csv", "raw")
                  .defaultValue("json")
                  .option("start", OptionType.STRING, "Where to start the first time")
                  .allowed("earliest", "latest", "timestamp")
                  .defaultValue("earliest")
                  .option(
                      "start_timestamp",
                      OptionType.STRING,
                      "For start = 'timestamp': the first record of this time or later, for"
                          + " instance 2026-01-31T12:00:00Z")
                  .group("Format")
                  .option("delimiter", OptionType.STRING, "Between the columns of CSV")
                  .defaultValue(",")
                  .option("null_text", OptionType.STRING, "What stands for NULL in CSV, unquoted")
                  .defaultValue("")
                  .option(
                      "avro_schema",
                      OptionType.STRING,
                      "The Avro schema that the values were written with, as JSON. Not needed for"
                          + " single-object values whose schema this platform knows")
                  .option("avro_framing", OptionType.STRING, "What stands before Avro's bytes")
                  .allowed("single-object", "confluent", "none")
                  .defaultValue("single-object")
                  .group("Running")
                  .option("tasks", OptionType.INT, "How many tasks share the topic's partitions")
                  .range(1, 1000)
                  .defaultValue("1")
                  .option("batch_size", OptionType.INT, "At most so many records a transaction")
                  .range(1, 100_000)
                  .defaultValue("5000"))
          .build();

  /**
   * The configuration that these options give.
   *
   * @param own how clients connect to Millrace's own cluster
   */
  static KafkaSourceConfig of(Map<String, String> options, Map<String, ?> own) {
    OptionValues values = OPTIONS.read(options);
    Start start = values.choice("start", Start.class);
    Framing framing = values.choice("avro_framing", Framing.class);
    Schema schema = schema(values);
    if (schema == null && framing != Framing.SINGLE_OBJECT) {
      throw new ConnectorException(
          "INVALID_OPTION",
          "avro_framing = '%s' needs the option avro_schema"
              .formatted(values.string("avro_framing")));
    }
    String delimiter = values.string("delimiter");
    return new KafkaSourceConfig(
        values.string("topic"),
        values.choice("format", Format.class),
        start,
        start == Start.TIMESTAMP ? startMillis(values) : 0,
        delimiter.equals("\\t") ? '\t' : delimiter.charAt(0),
        values.string("null_text"),
        schema,
        framing,
        values.integer("batch_size"),
        KafkaClients.config(values, own));
  }

  private static long startMillis(OptionValues values) {
    String text =
        values
            .text("start_timestamp")
            .orElseThrow(() ->
                new ConnectorException(
                    "INVALID_OPTION", "start = 'timestamp' needs the option start_timestamp"));
    try {
      return Math.floorDiv((Long) Texts.parse(text, DataType.TIMESTAMP), 1000L);
    } catch (IllegalArgumentException e) {
      throw new ConnectorException(
          "INVALID_OPTION", "option start_timestamp: " + e.getMessage(), e);
    }
  }

  private static Schema schema(OptionValues values) {
    if (values.text("avro_schema").isEmpty()) {
      return null;
    }
    try {
      return AvroTypes.parse(values.string("avro_schema"));
    } catch (SchemaParseException e) {
      throw new ConnectorException("INVALID_OPTION", "option avro_schema: " + e.getMessage(), e);
    }
  }
}
