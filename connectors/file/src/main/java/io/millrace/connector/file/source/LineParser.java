package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.file.source.parse.ParseException;
import io.millrace.connector.file.source.parse.RecordParser;
import io.millrace.connector.source.SourceReplays;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Parses single records outside of their files, with the options of a source: what dead letters
 * hold. Not thread-safe.
 */
public final class LineParser {

  private final FileSourceConfig config;
  private final RowType columns;

  /**
   * @param options of the source's statement
   * @throws ConnectorException if they are not in order
   */
  public LineParser(Map<String, String> options, RowType columns) {
    this(FileSourceConfig.of(options), columns);
  }

  LineParser(FileSourceConfig config, RowType columns) {
    this.config = config;
    this.columns = columns;
    RecordParser.of(config, columns);
  }

  /**
   * Parses the record of a dead letter. Where files have headers, that of the file which the letter
   * names counts, if it is still there, else the order in which the columns are declared.
   *
   * @return the event, laid out as the declared columns
   * @throws SourceReplays.Refusal if it cannot be parsed this time either
   */
  public Object[] parse(DeadLetter letter) {
    byte[] bytes = SourceReplays.original(letter);
    byte[] utf8 =
        config.charset().equals(StandardCharsets.UTF_8)
            ? bytes
            : new String(bytes, config.charset()).getBytes(StandardCharsets.UTF_8);
    RecordParser parser = RecordParser.of(config, columns);
    if (config.header() && config.format() == FileSourceConfig.Format.CSV) {
      takeHeader(parser, letter.getLocation());
    }
    try {
      return parser.parse(utf8, 0, utf8.length);
    } catch (ParseException e) {
      throw new SourceReplays.Refusal(e.code().name(), e.getMessage() + "; " + e.code().fix());
    }
  }

  private void takeHeader(RecordParser parser, String location) {
    int colon = location == null ? -1 : location.lastIndexOf(':');
    if (colon < 0) {
      return;
    }
    Path path = Path.of(location.substring(0, colon));
    if (AllowedDirectories.ofThisProcess().refusal(path).isPresent() || !Files.exists(path)) {
      return;
    }
    FoundFile file = new FoundFile(path, path.toString(), 0, 0, true);
    // A reader that goes on in the middle of a file takes its header first.
    FileOffset middle =
        new FileOffset(path.toString(), path.toString(), new Head(0, 0), 1, 2, 0, 0, 0);
    try (FileReader reader = new FileReader(config, parser, file.open(), null, middle)) {
      reader.idleNanos();
    } catch (IOException e) {
      // then the order of the declaration counts
    }
  }
}
