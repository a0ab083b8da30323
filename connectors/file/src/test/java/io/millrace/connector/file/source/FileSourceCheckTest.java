package io.millrace.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceCheckTest {

  private static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(6, 2)));

  @TempDir Path directory;

  @BeforeEach
  void allow() {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
  }

  private List<Problem> check(String... options) {
    Map<String, String> given = new HashMap<>();
    given.put("directory", directory.toString());
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    return new FileSourceProvider().check(given, COLUMNS);
  }

  @Test
  void saysWhichLineDoesNotParseAndSuggestsTheOptionsThatFit() throws IOException {
    Files.writeString(directory.resolve("a.csv"), "id;name;price\n1;one;1.5\n2;two;2.5\n");
    List<Problem> problems = check();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("LINES_DO_NOT_PARSE");
    assertThat(problems.getFirst().message())
        .contains("a.csv:1", "1 values where the declaration has 3 columns", "id;name;price");
    assertThat(problems.getFirst().statement())
        .isEqualTo("format = 'csv', delimiter = ';', header = 'true'");
    assertThat(check("delimiter", ";", "header", "true")).isEmpty();
  }

  @Test
  void suggestsJson() throws IOException {
    Files.writeString(directory.resolve("a.log"), "{\"id\":1,\"name\":\"one\"}\n");
    assertThat(check().getFirst().statement()).isEqualTo("format = 'json'");
  }

  @Test
  void aFewBadLinesAreAWarning() throws IOException {
    Files.writeString(directory.resolve("a.csv"), "1,one,1\nx,two,2\n");
    assertThat(check().getFirst().severity()).isEqualTo(Problem.Severity.WARNING);
  }

  @Test
  void saysThatNoFileMatches() {
    assertThat(check("pattern", "*.json").getFirst().code()).isEqualTo("NO_FILE_MATCHES");
  }

  @Test
  void saysThatADirectoryIsNotAllowed() {
    List<Problem> problems = check("directory", "/etc");
    assertThat(problems.getFirst().code()).isEqualTo("DIRECTORY_NOT_ALLOWED");
    assertThat(problems.getFirst().message()).contains(directory.toString());
  }

  @Test
  void linksOutOfTheAllowedDirectoriesAreNotFollowed() throws IOException {
    Files.createSymbolicLink(directory.resolve("way-out"), Path.of("/etc"));
    assertThat(check("directory", directory.resolve("way-out").toString()).getFirst().code())
        .isEqualTo("DIRECTORY_NOT_ALLOWED");
    assertThat(check("directory", directory + "/../..").getFirst().code())
        .isEqualTo("DIRECTORY_NOT_ALLOWED");
  }

  @Test
  void pathOrDirectory() {
    assertThatThrownBy(() -> FileSourceConfig.of(Map.of()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("give either path or directory");
  }

  @Test
  void defaultsAndFullMapping() {
    FileSourceConfig defaults = FileSourceConfig.of(Map.of("directory", "in"));
    assertThat(defaults.directory()).isEqualTo(directory.resolve("in"));
    assertThat(defaults.path()).isNull();
    assertThat(defaults.recursive()).isFalse();
    assertThat(defaults.format()).isEqualTo(FileSourceConfig.Format.CSV);
    assertThat(defaults.header()).isFalse();
    assertThat(defaults.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(defaults.timeZone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(defaults.completeAfter()).isZero();
    assertThat(defaults.scanInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(defaults.maxRecordSize()).isEqualTo(1 << 20);
    FileSourceConfig given =
        FileSourceConfig.of(
            Map.ofEntries(
                Map.entry("path", "/x/app.log"),
                Map.entry("recursive", "true"),
                Map.entry("format", "regex"),
                Map.entry("expression", "(?<a>.*)"),
                Map.entry("delimiter", "semicolon"),
                Map.entry("quote", "'"),
                Map.entry("header", "true"),
                Map.entry("null_text", "-"),
                Map.entry("charset", "ISO-8859-1"),
                Map.entry("timestamp_format", "yyyy"),
                Map.entry("time_zone", "Europe/Berlin"),
                Map.entry("complete_after", "3 s"),
                Map.entry("scan_interval", "1 s"),
                Map.entry("max_record_size", "2 KB")));
    assertThat(given.path()).isEqualTo(Path.of("/x/app.log"));
    assertThat(given.directory()).isEqualTo(Path.of("/x"));
    assertThat(given.recursive()).isTrue();
    assertThat(given.format()).isEqualTo(FileSourceConfig.Format.REGEX);
    assertThat(given.expression().pattern()).isEqualTo("(?<a>.*)");
    assertThat(given.delimiter()).isEqualTo(';');
    assertThat(given.quote()).isEqualTo('\'');
    assertThat(given.header()).isTrue();
    assertThat(given.nullText()).isEqualTo("-");
    assertThat(given.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    assertThat(given.timestampFormat()).isNotNull();
    assertThat(given.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(given.completeAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(given.scanInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(given.maxRecordSize()).isEqualTo(2048);
  }
}
