package io.millrace.connector.file.sink;

import io.millrace.schemas.event.SelfDescribingDecoder.Event;

/** Writes the rows of one file, all of one layout. Not thread-safe. */
interface RowEncoder {

  /** What the file starts with. */
  byte[] header();

  /**
   * Takes a row.
   *
   * @param original the event's bytes as they came
   */
  void add(Event event, byte[] original);

  /** About how many bytes {@link #take} would give. */
  int pending();

  /** The bytes of all rows taken since the last call; complete, so that a file may end there. */
  byte[] take();

  /** Forgets the rows taken since the last {@link #take}. */
  void reset();

  /**
   * The encoder that an option set asks for.
   *
   * @param fileId the same for whoever writes the same file, different for others
   */
  static RowEncoder of(FileSinkConfig config, Event layout, String fileId) {
    return switch (config.format()) {
      case CSV -> new CsvEncoder(config, layout.rowType());
      case JSON -> new JsonLinesEncoder(layout.rowType());
      case AVRO -> new AvroEncoder(layout.schema(), fileId, config.gzip());
    };
  }
}
