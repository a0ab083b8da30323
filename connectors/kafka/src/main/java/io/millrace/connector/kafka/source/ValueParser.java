package io.millrace.connector.kafka.source;

import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.RowType;

/** Makes events of records. Not thread-safe. */
interface ValueParser {

  /**
   * The event of a record, laid out as the declared columns.
   *
   * @throws UnparsableException if the record is none
   */
  Object[] parse(Message message);

  /** The parser that the options ask for. */
  static ValueParser of(KafkaSourceConfig config, RowType columns, SchemaStore schemas) {
    return switch (config.format()) {
      case JSON -> new JsonParser(columns);
      case CSV -> new CsvParser(config, columns);
      case AVRO -> new AvroParser(config, columns, schemas);
      case RAW -> new RawParser(columns);
    };
  }
}
