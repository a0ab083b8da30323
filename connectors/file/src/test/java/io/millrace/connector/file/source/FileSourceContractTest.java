package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SourceContract;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with a CSV file a split. */
class FileSourceContractTest extends SourceContract {

  @TempDir Path directory;
  private long next;

  @BeforeEach
  void allow() {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
  }

  @Override
  protected ConnectorProvider provider() {
    return new FileSourceProvider();
  }

  @Override
  protected SourceTask newTask(TaskPlatform.Factory platform) {
    return new FileSourceTask(platform);
  }

  @Override
  protected RowType columns() {
    return RowType.of(
        Field.required("id", DataType.BIGINT),
        Field.nullable("name", DataType.STRING),
        Field.nullable("price", DataType.decimal(10, 2)));
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("directory", directory.toString(), "pattern", "*.csv", "scan_interval", "10 ms");
  }

  @Override
  protected List<Object> produce(int splits, int events) {
    List<Object> ids = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long id = next++;
      ids.add(id);
      append(i % splits, "%d,\"näme \"\"%d\"\"\nof two lines\",%d.50%n".formatted(id, id, id));
    }
    return ids;
  }

  @Override
  protected boolean producePoison() {
    append(0, "not a number,x,1\n");
    return true;
  }

  @Override
  protected Map<String, String> unreachableOptions() {
    return Map.of("directory", directory.resolve("missing").toString());
  }

  private void append(int split, String text) {
    try {
      Files.writeString(
          directory.resolve("split" + split + ".csv"),
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
