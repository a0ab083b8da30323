package io.millrace.connector.datagen;

import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.source.SourceSettings;
import io.millrace.schemas.control.OptionType;
import java.util.Map;

/**
 * The options of the source {@code datagen}.
 *
 * @param rate events a second, all tasks together; 0 for as fast as it goes
 * @param count after how many events it ends; 0 for never
 */
record DatagenConfig(double rate, long count, long seed, OptionValues values) {

  static final OptionSet OPTIONS = SourceSettings.commonOptions(options()).build();

  private static OptionSet.Builder options() {
    return OptionSet.builder()
        .option(
            "rate",
            OptionType.DOUBLE,
            "Events a second, all tasks together; 0 for as fast as it goes")
        .defaultValue("10")
        .range(0, 1e9)
        .option(
            "count", OptionType.LONG, "After how many events the source falls silent; 0 for never")
        .defaultValue("0")
        .range(0, Long.MAX_VALUE)
        .option(
            "seed",
            OptionType.LONG,
            "Events with the same seed are the same, but for timestamps that are now")
        .defaultValue("0")
        .group("Columns")
        .option(
            "fields.*.kind",
            OptionType.STRING,
            "How the column's values are made: sequence (start, step), random (min, max),"
                + " uuid, choice (values), pattern (pattern), timestamp (now, or start and step),"
                + " walk (a curve between min and max), constant (value). Without it: random"
                + " values of the column's type, now for a TIMESTAMP")
        .allowed("sequence", "random", "uuid", "choice", "pattern", "timestamp", "walk", "constant")
        .option(
            "fields.*.start",
            OptionType.STRING,
            "For sequence: the first number, 0 by default. For timestamp: the first time,"
                + " ISO-8601 in UTC, for instance 2026-01-01T00:00:00Z; now without it")
        .option(
            "fields.*.step",
            OptionType.STRING,
            "For sequence: the distance of two numbers, 1 by default. For timestamp with a start:"
                + " the distance of two times in milliseconds, 1000 by default")
        .option(
            "fields.*.min",
            OptionType.STRING,
            "For random and walk: the least value (of a number, a DATE, a TIMESTAMP), or the"
                + " least length of a text; 0 by default")
        .option(
            "fields.*.max",
            OptionType.STRING,
            "For random and walk: the greatest value or length; 1000, or 10 for a length, by"
                + " default")
        .option(
            "fields.*.values",
            OptionType.LIST,
            "For choice: the values, separated by commas; a value written twice comes twice as"
                + " often")
        .option(
            "fields.*.pattern",
            OptionType.STRING,
            "For pattern: a text in which # stands for a digit, ? for a letter, * for either;"
                + " a backslash takes the next character as it is")
        .option("fields.*.value", OptionType.STRING, "For constant: the value")
        .option(
            "fields.*.period",
            OptionType.LONG,
            "For walk: after how many events the curve has changed altogether; 100 by default")
        .range(1, Long.MAX_VALUE)
        .option(
            "fields.*.null_fraction",
            OptionType.DOUBLE,
            "Which part of the values is NULL, 0 to 1; 0 by default")
        .range(0, 1);
  }

  static DatagenConfig of(Map<String, String> options) {
    OptionValues values = OPTIONS.read(options);
    return new DatagenConfig(
        values.real("rate"), values.number("count"), values.number("seed"), values);
  }

  /** What a column's generator is made of; null where it is not given. */
  String field(String column, String name) {
    return values.string("fields." + column + "." + name);
  }

  String field(String column, String name, String otherwise) {
    String given = field(column, name);
    return given == null ? otherwise : given;
  }
}
