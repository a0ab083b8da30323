package io.millrace.connector.kafka.sink;

import io.millrace.connector.kafka.KafkaClients;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.json.EventJson;
import java.util.List;
import java.util.Map;

/**
 * The options of the sink {@code kafka}.
 *
 * @param key the columns of the record key; empty: those that partition the stream
 * @param partitions of a topic that is created; 0: as many as the stream has
 * @param client how clients connect to the target cluster
 */
record KafkaSinkConfig(
    String topic,
    Format format,
    List<String> key,
    EventJson.Style jsonStyle,
    char delimiter,
    boolean createTopic,
    int partitions,
    short replicationFactor,
    String compression,
    Map<String, Object> client) {

  /** How an event becomes a record's value. */
  enum Format {
    JSON,
    AVRO,
    CSV
  }

  private enum Timestamps {
    ISO,
    EPOCH_MILLIS,
    EPOCH_MICROS
  }

  static final OptionSet OPTIONS =
      SinkSettings.commonOptions(
              KafkaClients.options(
                      OptionSet.builder()
                          .option("topic", OptionType.STRING, "Topic to write to")
                          .required())
                  .group("Records")
                  .option(
                      "format",
                      OptionType.STRING,
                      "json: one object. avro: Avro's single-object encoding, the schema by its"
                          + " fingerprint. csv: one line without a header")
                  .allowed("json", "avro", "csv")
                  .defaultValue("json")
                  .option(
                      "key",
                      OptionType.LIST,
                      "Columns of the record key: of one column its text, of several a JSON"
                          + " object. Records of the same key keep their order. Default: the"
                          + " columns of the stream's PARTITION BY")
                  .option("decimals", OptionType.STRING, "How JSON has DECIMAL")
                  .allowed("number", "string")
                  .defaultValue("number")
                  .option("timestamps", OptionType.STRING, "How JSON has TIMESTAMP")
                  .allowed("iso", "epoch-millis", "epoch-micros")
                  .defaultValue("iso")
                  .option("delimiter", OptionType.STRING, "Between the columns of CSV")
                  .defaultValue(",")
                  .group("Topic")
                  .option(
                      "create_topic", OptionType.BOOLEAN, "Create the topic when it is not there")
                  .defaultValue("true")
                  .option(
                      "partitions",
                      OptionType.INT,
                      "Partitions of a topic that is created. Default: as many as the stream has")
                  .range(1, 10_000)
                  .option(
                      "replication_factor",
                      OptionType.INT,
                      "Replicas of a topic that is created. Default: the broker's")
                  .range(1, 100)
                  .option("compression", OptionType.STRING, "Compression of the record batches")
                  .allowed("none", "lz4", "zstd", "snappy", "gzip")
                  .defaultValue("lz4"))
          .build();

  /**
   * The configuration that these options give.
   *
   * @param own how clients connect to Millrace's own cluster
   */
  static KafkaSinkConfig of(Map<String, String> options, Map<String, ?> own) {
    OptionValues values = OPTIONS.read(options);
    String delimiter = values.string("delimiter");
    return new KafkaSinkConfig(
        values.string("topic"),
        values.choice("format", Format.class),
        values.list("key"),
        style(
            values.string("decimals").equalsIgnoreCase("string"),
            values.choice("timestamps", Timestamps.class)),
        delimiter.equals("\\t") ? '\t' : delimiter.charAt(0),
        values.bool("create_topic"),
        values.has("partitions") ? values.integer("partitions") : 0,
        values.has("replication_factor") ? (short) values.integer("replication_factor") : -1,
        values.string("compression"),
        KafkaClients.config(values, own));
  }

  private static EventJson.Style style(boolean strings, Timestamps timestamps) {
    return switch (timestamps) {
      case ISO -> strings ? EventJson.Style.DECIMAL_STRINGS : EventJson.Style.PLAIN;
      case EPOCH_MILLIS ->
          strings ? EventJson.Style.DECIMAL_STRINGS_EPOCH_MILLIS : EventJson.Style.EPOCH_MILLIS;
      case EPOCH_MICROS ->
          strings ? EventJson.Style.DECIMAL_STRINGS_EPOCH_MICROS : EventJson.Style.EPOCH_MICROS;
    };
  }
}
