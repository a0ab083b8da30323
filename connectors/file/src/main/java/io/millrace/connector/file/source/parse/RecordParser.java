package io.millrace.connector.file.source.parse;

import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.schemas.type.RowType;

/** Makes events of records in UTF-8. Not thread-safe. */
public interface RecordParser {

  /**
   * Parses one record, without its line break.
   *
   * @return the event, laid out as the declared columns
   * @throws ParseException if the record is none
   */
  Object[] parse(byte[] bytes, int from, int to);

  /** Takes the record with the names of the columns that a file starts with. */
  default void header(byte[] bytes, int from, int to) {
    throw new UnsupportedOperationException("only CSV has a header");
  }

  /**
   * The parser that options and declared columns ask for.
   *
   * @throws io.millrace.connector.ConnectorException if they do not go together
   */
  static RecordParser of(FileSourceConfig config, RowType columns) {
    return switch (config.format()) {
      case CSV -> new CsvParser(config, columns);
      case JSON -> new JsonLineParser(config, columns);
      default -> new ExpressionParser(config, columns);
    };
  }
}
