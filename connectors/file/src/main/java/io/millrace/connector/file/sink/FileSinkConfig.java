package io.millrace.connector.file.sink;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.file.Characters;
import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.OptionType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The options of the sink {@code file}.
 *
 * @param directory where the files go; made if it is missing
 * @param delimiter one character
 * @param quote one character
 * @param nullText what stands for NULL in a CSV file; a text that equals it is quoted
 * @param gzip whether published files are compressed
 * @param rollRows the most rows of a file; 0 for no limit
 */
record FileSinkConfig(
    Path directory,
    Format format,
    char delimiter,
    char quote,
    boolean header,
    String nullText,
    boolean gzip,
    long rollSize,
    long rollRows,
    Duration rollInterval) {

  /** How rows are written. */
  enum Format {
    CSV,
    JSON,
    AVRO
  }

  /** How published files are compressed. */
  enum Compression {
    NONE,
    GZIP
  }

  static final OptionSet OPTIONS = SinkSettings.commonOptions(options()).build();

  private static OptionSet.Builder options() {
    return OptionSet.builder()
        .option(
            "directory",
            OptionType.STRING,
            "The directory that the files are written to; it is made if it is missing; a relative"
                + " one is below the first that the service may reach. Each"
                + " partition of the stream has one file that grows (…-current-….csv) and is"
                + " published under its final name when it rolls")
        .required()
        .option(
            "format",
            OptionType.STRING,
            "csv; json: one JSON object a line; avro: Avro container files")
        .defaultValue("csv")
        .allowed("csv", "json", "avro")
        .group("CSV")
        .option(
            "delimiter",
            OptionType.STRING,
            "The character between values; tab can be written as \\t or tab")
        .defaultValue(",")
        .option(
            "quote",
            OptionType.STRING,
            "The character around values that hold delimiters, quotes or line breaks; inside of"
                + " them it is doubled")
        .defaultValue("\"")
        .option(
            "header",
            OptionType.BOOLEAN,
            "Whether each file starts with the names of the columns; nested rows are flattened,"
                + " their columns named with dots")
        .defaultValue("true")
        .option(
            "null_text",
            OptionType.STRING,
            "What stands for NULL; a text that happens to equal it is quoted, so that the two"
                + " can be told apart")
        .defaultValue("")
        .group("Rolling")
        .option(
            "roll_size",
            OptionType.SIZE,
            "A file is published when it has reached this size, before compression")
        .defaultValue("128 MB")
        .range(1, 1L << 40)
        .option(
            "roll_rows",
            OptionType.LONG,
            "A file is published when it has so many rows; 0 for no limit")
        .defaultValue("0")
        .range(0, Long.MAX_VALUE)
        .option(
            "roll_interval",
            OptionType.DURATION,
            "A file is published when its first row is so old. Rows can be read from the growing"
                + " file at once, whatever this says")
        .defaultValue("1 hour")
        .range(100, 31_536_000_000L)
        .option(
            "compression",
            OptionType.STRING,
            "How published files are compressed: none, gzip (csv and json: .gz; avro: deflated"
                + " blocks)")
        .defaultValue("none")
        .allowed("none", "gzip");
  }

  static FileSinkConfig of(Map<String, String> options) {
    OptionValues values = OPTIONS.read(options);
    return new FileSinkConfig(
        AllowedDirectories.ofThisProcess().resolve(values.string("directory")),
        values.choice("format", Format.class),
        Characters.one("delimiter", values.string("delimiter")),
        Characters.one("quote", values.string("quote")),
        values.bool("header"),
        values.string("null_text"),
        values.choice("compression", Compression.class) == Compression.GZIP,
        values.size("roll_size"),
        values.number("roll_rows"),
        values.duration("roll_interval"));
  }

  /** The ending of its files' names. */
  String extension() {
    return switch (format) {
      case CSV -> delimiter == '\t' ? ".tsv" : ".csv";
      case JSON -> ".jsonl";
      case AVRO -> ".avro";
    };
  }

  /** Whether whole files are compressed when they are published. */
  boolean compressesFiles() {
    return gzip && format != Format.AVRO;
  }

  /** What rows in one file have to agree on beside their columns. */
  String signature() {
    return "%s|%s|%s|%s|%s|%s".formatted(format, delimiter, quote, header, nullText, gzip);
  }
}
