package io.millrace.connector.file.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SinkContract;
import io.millrace.connector.contract.SinkHarness;
import io.millrace.connector.task.TaskPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with CSV files that roll often. */
class FileSinkContractTest extends SinkContract {

  @TempDir Path temporary;

  @BeforeEach
  void allow() {
    System.setProperty(AllowedDirectories.PROPERTY, temporary.toString());
  }

  @Override
  protected ConnectorProvider provider() {
    return new FileSinkProvider();
  }

  @Override
  protected SinkTask newTask(TaskPlatform.Factory platform) {
    return new FileSinkTask(platform);
  }

  @Override
  protected Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("directory", temporary.resolve("out").toString());
    options.put("roll_rows", "37");
    return options;
  }

  @Override
  protected Map<String, String> unreachableOptions() {
    try {
      Path file = temporary.resolve("a-file");
      Files.writeString(file, "not a directory");
      return Map.of("directory", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<Long> delivered() {
    return OutputFiles.rows(temporary.resolve("out")).stream()
        .map(row -> Long.valueOf(row.getFirst()))
        .toList();
  }

  @Test
  void filesCarryStreamPartitionAndOffsetsAndNoMoreRowsThanAllowed() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 100);
    harness.start(1).drain();
    List<Path> published = OutputFiles.published(temporary.resolve("out"));
    assertThat(published).hasSize(2);
    assertThat(published.getFirst().getFileName().toString())
        .matches("events-[0-9a-f]{6}-0-0{20}-\\d{20}\\.csv");
    assertThat(OutputFiles.rowsOf(published.getFirst())).hasSize(37);
  }

  @Test
  void aTopicThatIsMadeAgainIsWrittenFromItsBeginning() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 60);
    harness.start(1).drain();
    harness.stop();
    harness.recreate(stream.getTopic());
    platform.recreate(stream.getTopic());
    produce(harness, 1, 10);
    harness.start(1).drain();
    assertDelivered();
  }

  @Test
  void movedAwayFilesAreNotWrittenAgain() throws IOException {
    SinkHarness harness = harness(options());
    produce(harness, 1, 74);
    harness.start(1);
    while (OutputFiles.published(temporary.resolve("out")).size() < 2) {
      harness.step();
    }
    harness.crash();
    for (Path path : OutputFiles.published(temporary.resolve("out"))) {
      Files.delete(path);
    }
    harness.start(1).drain();
    assertThat(delivered()).isEmpty();
  }
}
