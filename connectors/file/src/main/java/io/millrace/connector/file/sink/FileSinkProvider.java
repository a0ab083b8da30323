package io.millrace.connector.file.sink;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sink {@code file} as the platform sees it. */
public final class FileSinkProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("file")
        .setDirection(Direction.SINK)
        .setService("delivery")
        .setTitle("Files")
        .setDescription(
            "Writes events to CSV, JSON or Avro files in a directory. Rows can be read within"
                + " a second from the growing file of each partition; files are published under"
                + " names that carry stream, partition and offsets when they roll")
        .setColumns(ColumnsRule.NONE)
        .setGuarantee("exactly-once")
        .setOptions(FileSinkConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return SinkSettings.connectConfig(context, FileSinkConnector.class);
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    List<Problem> problems = FileSinkConfig.OPTIONS.problems(options);
    if (!problems.isEmpty()) {
      return problems;
    }
    FileSinkConfig config;
    try {
      config = FileSinkConfig.of(options);
    } catch (ConnectorException e) {
      return List.of(FileErrorCode.INVALID_OPTION.problem(null, e.getMessage()));
    }
    return problem(config.directory()).map(List::of).orElse(List.of());
  }

  private static Optional<Problem> problem(Path directory) {
    Optional<String> refusal = AllowedDirectories.ofThisProcess().refusal(directory);
    if (refusal.isPresent()) {
      return Optional.of(FileErrorCode.DIRECTORY_NOT_ALLOWED.problem("directory", refusal.get()));
    }
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      return Optional.of(
          FileErrorCode.NOT_A_DIRECTORY.problem("directory", directory + " is a file"));
    }
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".millrace-check", null));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          FileErrorCode.NOT_WRITABLE
              .problem("directory", "cannot write to %s: %s".formatted(directory, e))
              .withStatement("chown \"$(whoami)\" '" + directory + "'"));
    }
  }
}
