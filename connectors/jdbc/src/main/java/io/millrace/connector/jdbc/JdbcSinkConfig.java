package io.millrace.connector.jdbc;

import io.millrace.connector.option.OptionSet;
import io.millrace.connector.option.OptionValues;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.OptionType;
import java.util.List;
import java.util.Map;

/**
 * The options of the sink {@code jdbc}.
 *
 * @param table name of the target table with placeholders, or null for the default
 * @param mode null: upsert for captured tables, append for all other streams
 * @param key columns that identify a row; empty: what the stream says
 */
record JdbcSinkConfig(
    String url,
    String username,
    String password,
    String table,
    Mode mode,
    List<String> key,
    boolean createTable,
    boolean followColumns,
    TableId offsetsTable,
    int batchSize) {

  /** How events become rows. */
  enum Mode {
    APPEND,
    UPSERT
  }

  static final OptionSet OPTIONS =
      SinkSettings.commonOptions(
              OptionSet.builder()
                  .group("Connection")
                  .option("url", OptionType.STRING, "JDBC URL of the target database")
                  .required()
                  .option("username", OptionType.STRING, "User to log in as")
                  .option("password", OptionType.SECRET, "Password of that user")
                  .group("Rows")
                  .option(
                      "table",
                      OptionType.STRING,
                      "Target table, or schema.table. {stream} stands for the stream's name;"
                          + " {database}, {schema} and {table} for those of a captured table."
                          + " Default: {table} for captured tables, {stream} for other streams")
                  .option(
                      "mode",
                      OptionType.STRING,
                      "append: every event is a new row; for a captured table its columns after"
                          + " the change (before it, for a delete) with _op and _ts."
                          + " upsert: the row of the same key is replaced, and deleted when it was"
                          + " deleted in the source. Default: upsert for captured tables, append"
                          + " for other streams")
                  .allowed("append", "upsert")
                  .option(
                      "key",
                      OptionType.LIST,
                      "Columns that identify a row, for mode upsert. Default: the primary key of"
                          + " the captured table, else the stream's PARTITION BY, else the primary"
                          + " key of the target table")
                  .option(
                      "create_table",
                      OptionType.BOOLEAN,
                      "Create the target table when it is not there")
                  .defaultValue("true")
                  .option(
                      "follow_columns",
                      OptionType.BOOLEAN,
                      "Add columns that the events have and the target table has not, and widen"
                          + " types where nothing can be lost. Columns dropped at the source stay")
                  .defaultValue("true")
                  .group("Tuning")
                  .option(
                      "offsets_table",
                      OptionType.STRING,
                      "Table of the target that keeps the positions, written with the rows")
                  .defaultValue("millrace_offsets")
                  .option("batch_size", OptionType.INT, "At most so many events in one transaction")
                  .defaultValue("5000")
                  .range(1, 100_000))
          .build();

  /** The configuration that these options give. */
  static JdbcSinkConfig of(Map<String, String> options) {
    OptionValues values = OPTIONS.read(options);
    return new JdbcSinkConfig(
        values.string("url"),
        values.string("username"),
        values.string("password"),
        values.text("table").orElse(null),
        values.text("mode").map(m -> values.choice("mode", Mode.class)).orElse(null),
        values.list("key"),
        values.bool("create_table"),
        values.bool("follow_columns"),
        TableId.parse(values.string("offsets_table")),
        values.integer("batch_size"));
  }

  /** Whether rows of the stream are identified by a key. */
  boolean upserts(boolean changes) {
    return mode == null ? changes : mode == Mode.UPSERT;
  }
}
