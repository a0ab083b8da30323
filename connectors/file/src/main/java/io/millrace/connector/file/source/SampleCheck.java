package io.millrace.connector.file.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.file.source.parse.RecordParser;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the first lines of some files as the source would, and says which do not parse and why. */
final class SampleCheck {

  private static final int FILES = 3;
  private static final int LINES = 200;

  private final Map<String, String> options;
  private final RowType columns;

  /** What a sample gave. */
  private static final class Sample implements RecordHandler {
    private final EventEncoder encoder;
    private final Path path;
    private int good;
    private int bad;
    private String first;

    Sample(RowType columns, Path path) {
      this.encoder = EventEncoder.of(AvroTypes.toAvro(columns, "sample"));
      this.path = path;
    }

    @Override
    public void event(Object[] row, long position, long line) {
      encoder.encode(row);
      good++;
    }

    @Override
    public void refused(
        FileErrorCode code, String reason, byte[] original, long position, long line) {
      bad++;
      if (first == null) {
        String text = new String(original, StandardCharsets.UTF_8);
        first =
            "%s:%d: %s; the line is: %s"
                .formatted(
                    path, line, reason, text.length() > 200 ? text.substring(0, 200) + "…" : text);
      }
    }
  }

  SampleCheck(Map<String, String> options, RowType columns) {
    this.options = options;
    this.columns = columns;
  }

  Optional<Problem> run(FileSourceConfig config, List<FoundFile> files) {
    for (FoundFile file : files.subList(Math.max(0, files.size() - FILES), files.size())) {
      try {
        Sample sample = read(config, file);
        if (sample.bad > 0) {
          Problem problem =
              FileErrorCode.LINES_DO_NOT_PARSE.problem(
                  "format",
                  "%d of the first %d lines do not parse. %s"
                      .formatted(sample.bad, sample.bad + sample.good, sample.first));
          Problem warning =
              new Problem(
                  sample.good > 0 ? Problem.Severity.WARNING : Problem.Severity.ERROR,
                  problem.code(),
                  problem.option(),
                  problem.message(),
                  problem.fix(),
                  null);
          return Optional.of(suggestion(file, sample).map(warning::withStatement).orElse(warning));
        }
      } catch (IOException e) {
        return Optional.of(
            FileErrorCode.NOT_READABLE.problem(
                "path", "cannot read %s: %s".formatted(file.path(), e)));
      }
    }
    return Optional.empty();
  }

  private Sample read(FileSourceConfig config, FoundFile file) throws IOException {
    Sample sample = new Sample(columns, file.path());
    try (FileReader reader =
        new FileReader(config, RecordParser.of(config, columns), file.open(), null, null)) {
      reader.read(sample, LINES);
    }
    return sample;
  }

  /** Other options under which more of the lines parse. */
  private Optional<String> suggestion(FoundFile file, Sample asGiven) {
    Map<String, String> best = null;
    int most = asGiven.good;
    for (Map<String, String> variant : variants()) {
      Map<String, String> changed = new HashMap<>(options);
      changed.putAll(variant);
      try {
        Sample sample = read(FileSourceConfig.of(changed), file);
        if (sample.good > most) {
          most = sample.good;
          best = variant;
        }
      } catch (ConnectorException | IOException e) {
        // the columns do not go together with this format
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    best.forEach((name, value) -> parts.add("%s = '%s'".formatted(name, value)));
    return Optional.of(String.join(", ", parts));
  }

  private static List<Map<String, String>> variants() {
    List<Map<String, String>> variants = new ArrayList<>();
    for (String header : List.of("true", "false")) {
      for (String delimiter : List.of(",", ";", "\\t", "|")) {
        Map<String, String> csv = new LinkedHashMap<>();
        csv.put("format", "csv");
        csv.put("delimiter", delimiter);
        csv.put("header", header);
        variants.add(csv);
      }
    }
    for (String format :
        List.of("json", "syslog-rfc5424", "syslog-rfc3164", "apache-combined", "apache-common")) {
      variants.add(Map.of("format", format));
    }
    return variants;
  }
}
