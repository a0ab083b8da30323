package io.millrace.connector.file.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.contract.MemoryPlatform;
import io.millrace.connector.contract.Plans;
import io.millrace.connector.contract.SinkHarness;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkFormatsTest {

  private static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("at", DataType.TIMESTAMP),
          Field.nullable("tags", DataType.array(DataType.STRING)),
          Field.nullable("doc", DataType.JSON),
          Field.nullable(
              "place",
              DataType.row(
                  List.of(
                      Field.nullable("city", DataType.STRING),
                      Field.nullable("zip", DataType.INT)))));

  @TempDir Path directory;
  private final MemoryPlatform platform = new MemoryPlatform();
  private final StreamDefinition stream = Plans.stream("things", COLUMNS, List.of(), null);
  private final EventEncoder encoder =
      EventEncoder.announced(AvroTypes.parse(stream.getRowSchema()), platform.schemas());
  private SinkHarness harness;

  @BeforeEach
  void allow() {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private SinkHarness start(String... options) {
    Map<String, String> given = new HashMap<>();
    given.put("directory", "out");
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    Map<String, String> config =
        new FileSinkProvider().connectConfig(Plans.sink("file", given, stream));
    harness = new SinkHarness(FileSinkConnector::new, () -> new FileSinkTask(platform), config, 1);
    return harness;
  }

  private void send(Object... row) {
    harness.send(stream.getTopic(), 0, null, encoder.encode(row), 0);
  }

  private void sendExamples() {
    send(
        1L,
        "a;b \"c\"",
        new BigDecimal("1.50"),
        1_700_000_000_123_456L,
        List.of("x", "y"),
        "{\"k\":\n1}",
        new Object[] {"Köln", 50667});
    send(2L, null, null, null, null, null, null);
    send(3L, "", null, null, null, null, new Object[] {null, 1});
  }

  private Path only() {
    List<Path> files = OutputFiles.all(directory.resolve("out"));
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  @Test
  void csvFlattensRowsAndTellsNullFromEmpty() {
    start("delimiter", ";");
    sendExamples();
    harness.start(1).drain();
    assertThat(OutputFiles.text(only()))
        .isEqualTo(
            """
            id;name;price;at;tags;doc;place.city;place.zip
            1;"a;b ""c""\";1.50;2023-11-14T22:13:20.123456Z;"[""x"",""y""]";"{""k"":
            1}";Köln;50667
            2;;;;;;;
            3;"";;;;;;1
            """);
  }

  @Test
  void jsonIsOneObjectALine() {
    start("format", "json");
    sendExamples();
    harness.start(1).drain();
    assertThat(OutputFiles.text(only()).lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"id\":1,\"name\":\"a;b \\\"c\\\"\",\"price\":1.50,"
                + "\"at\":\"2023-11-14T22:13:20.123456Z\",\"tags\":[\"x\",\"y\"],"
                + "\"doc\":{\"k\": 1},\"place\":{\"city\":\"Köln\",\"zip\":50667}}");
  }

  private static List<Long> avroIds(Path file) throws IOException {
    List<Long> ids = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      reader.forEach(record -> ids.add((Long) record.get("id")));
    }
    return ids;
  }

  @Test
  void avroFilesAreReadByAvrosOwnReaderAfterACrashToo() throws IOException {
    for (String compression : List.of("none", "gzip")) {
      start("format", "avro", "compression", compression, "directory", "out/" + compression);
      for (long i = 0; i < 100; i++) {
        send(i, "n" + i, null, null, null, null, null);
      }
      harness.start(1);
      harness.step();
      harness.step();
      harness.crash();
      harness.start(1).drain();
      List<Path> files = OutputFiles.all(directory.resolve("out/" + compression));
      assertThat(files).hasSize(1);
      List<Long> ids = avroIds(files.getFirst());
      assertThat(ids).hasSize(100).doesNotHaveDuplicates();
      harness.close();
    }
    start();
  }

  @Test
  void publishedFilesAreCompressed() {
    start("compression", "gzip", "roll_rows", "2");
    sendExamples();
    harness.start(1).drain();
    List<Path> published = OutputFiles.published(directory.resolve("out"));
    assertThat(published).hasSize(1);
    assertThat(published.getFirst().toString()).endsWith(".csv.gz");
    assertThat(OutputFiles.rowsOf(published.getFirst())).hasSize(2);
    assertThat(OutputFiles.rows(directory.resolve("out"))).hasSize(3);
  }

  /** What a machine leaves that lost its power: bytes that were never written, or half a row. */
  @Test
  void whatTheJournalDoesNotVouchForIsWrittenAgain() throws IOException {
    start();
    for (long i = 0; i < 100; i++) {
      send(i, "n" + i, null, null, null, null, null);
    }
    harness.start(1).drain();
    harness.crash();
    Path current = only();
    try (RandomAccessFile file = new RandomAccessFile(current.toFile(), "rw")) {
      file.seek(file.length() - 40);
      file.write(new byte[40]);
    }
    Files.write(
        current,
        "100,half a".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.file.StandardOpenOption.APPEND);
    harness.start(1).drain();
    assertThat(OutputFiles.rows(directory.resolve("out")).stream().map(List::getFirst))
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void aFileOfOtherOptionsIsPublishedAsItIs() {
    start();
    sendExamples();
    harness.start(1).drain();
    harness.stop();
    SinkHarness before = harness;
    start("format", "json");
    sendExamples();
    send(4L, "four", null, null, null, null, null);
    harness.start(1).drain();
    before.close();
    List<Path> files = OutputFiles.all(directory.resolve("out"));
    assertThat(files).anyMatch(p -> p.toString().endsWith(".csv"));
    assertThat(files)
        .filteredOn(p -> p.toString().endsWith(".jsonl"))
        .hasSize(1)
        .allSatisfy(p -> assertThat(OutputFiles.text(p).lines()).hasSize(1));
  }

  @Test
  void rowsCanBeReadAsSoonAsTheyWerePut() {
    start();
    sendExamples();
    harness.start(1);
    while (harness.step() == 0) {
      // until a batch comes
    }
    assertThat(OutputFiles.rows(directory.resolve("out"))).isNotEmpty();
    assertThat(harness.committed(stream.getTopic(), 0)).isZero();
  }

  @Test
  void aFileIsPublishedWhenItsTimeHasCome() {
    start("roll_interval", "100 ms");
    sendExamples();
    harness.start(1).drain();
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (OutputFiles.published(directory.resolve("out")).isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      harness.step();
    }
    assertThat(OutputFiles.all(directory.resolve("out"))).hasSize(1);
  }

  @Test
  void aColumnAddedToTheStreamBeginsANewFile() {
    start();
    sendExamples();
    RowType wider =
        RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("more", DataType.STRING));
    EventEncoder other =
        EventEncoder.announced(AvroTypes.toAvro(wider, "things"), platform.schemas());
    harness.send(stream.getTopic(), 0, null, other.encode(new Object[] {4L, "m"}), 0);
    harness.start(1).drain();
    List<Path> files = OutputFiles.all(directory.resolve("out"));
    assertThat(files).hasSize(2);
    assertThat(files.stream().map(p -> OutputFiles.text(p).lines().findFirst().orElse("")))
        .contains("id,more");
  }

  @Test
  void defaultsAndFullMapping() {
    FileSinkConfig defaults = FileSinkConfig.of(Map.of("directory", "out"));
    assertThat(defaults.directory()).isEqualTo(directory.resolve("out"));
    assertThat(defaults.format()).isEqualTo(FileSinkConfig.Format.CSV);
    assertThat(defaults.delimiter()).isEqualTo(',');
    assertThat(defaults.header()).isTrue();
    assertThat(defaults.gzip()).isFalse();
    assertThat(defaults.rollSize()).isEqualTo(128L << 20);
    assertThat(defaults.rollRows()).isZero();
    assertThat(defaults.rollInterval().toMinutes()).isEqualTo(60);
    FileSinkConfig given =
        FileSinkConfig.of(
            Map.ofEntries(
                Map.entry("directory", "/x"),
                Map.entry("format", "JSON"),
                Map.entry("delimiter", "tab"),
                Map.entry("quote", "'"),
                Map.entry("header", "false"),
                Map.entry("null_text", "NULL"),
                Map.entry("compression", "gzip"),
                Map.entry("roll_size", "1 KB"),
                Map.entry("roll_rows", "7"),
                Map.entry("roll_interval", "5 s")));
    assertThat(given)
        .isEqualTo(
            new FileSinkConfig(
                Path.of("/x"),
                FileSinkConfig.Format.JSON,
                '\t',
                '\'',
                false,
                "NULL",
                true,
                1024,
                7,
                java.time.Duration.ofSeconds(5)));
    start();
  }
}
