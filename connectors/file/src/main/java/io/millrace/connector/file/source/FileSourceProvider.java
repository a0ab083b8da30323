package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.source.SourceSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source {@code file} as the platform sees it. */
public final class FileSourceProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("file")
        .setDirection(Direction.SOURCE)
        .setService("ingestion")
        .setTitle("Files")
        .setDescription(
            "Follows files as they grow, through rotation, truncation and compression: CSV, JSON"
                + " lines, regular expressions and well-known log formats")
        .setColumns(ColumnsRule.REQUIRED)
        .setGuarantee("exactly-once")
        .setOptions(FileSourceConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return SourceSettings.connectConfig(context, FileSourceConnector.class);
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    return check(options, null);
  }

  @Override
  public List<Problem> check(Map<String, String> options, RowType columns) {
    List<Problem> problems = FileSourceConfig.OPTIONS.problems(options);
    if (!problems.isEmpty()) {
      return problems;
    }
    FileSourceConfig config;
    try {
      config = FileSourceConfig.of(options);
    } catch (ConnectorException e) {
      return List.of(FileErrorCode.INVALID_OPTION.problem(null, e.getMessage()));
    }
    Optional<Problem> missing = missing(config);
    if (missing.isPresent()) {
      return List.of(missing.get());
    }
    if (columns == null) {
      return List.of();
    }
    try {
      List<FoundFile> files = files(config);
      return new SampleCheck(options, columns).run(config, files).map(List::of).orElse(List.of());
    } catch (ConnectorException e) {
      return List.of(FileErrorCode.INVALID_OPTION.problem("format", e.getMessage()));
    } catch (IOException e) {
      return List.of(FileErrorCode.NOT_READABLE.problem("directory", e.toString()));
    }
  }

  private static List<FoundFile> files(FileSourceConfig config) throws IOException {
    return new DirectoryScanner(config, AllowedDirectories.ofThisProcess())
        .scan().stream().filter(FoundFile::wanted).toList();
  }

  private static Optional<Problem> missing(FileSourceConfig config) {
    String option = config.path() == null ? "directory" : "path";
    AllowedDirectories allowed = AllowedDirectories.ofThisProcess();
    Optional<String> refusal = allowed.refusal(config.directory());
    if (refusal.isPresent()) {
      return Optional.of(FileErrorCode.DIRECTORY_NOT_ALLOWED.problem(option, refusal.get()));
    }
    Path directory = config.directory();
    if (!Files.exists(directory)) {
      return Optional.of(FileErrorCode.PATH_MISSING.problem(option, "there is no " + directory));
    }
    if (!Files.isDirectory(directory)) {
      return Optional.of(FileErrorCode.NOT_A_DIRECTORY.problem(option, directory + " is a file"));
    }
    if (!Files.isReadable(directory)) {
      return Optional.of(
          FileErrorCode.NOT_READABLE.problem(option, directory + " cannot be listed"));
    }
    try {
      List<FoundFile> files = files(config);
      if (files.isEmpty()) {
        return Optional.of(
            FileErrorCode.NO_FILE_MATCHES.problem(
                option, "no file in %s matches".formatted(directory)));
      }
      return files.stream()
          .filter(f -> !Files.isReadable(f.path()))
          .findFirst()
          .map(f -> FileErrorCode.NOT_READABLE.problem(option, f.path() + " cannot be read"));
    } catch (IOException e) {
      return Optional.of(
          FileErrorCode.NOT_READABLE.problem(option, "cannot list %s: %s".formatted(directory, e)));
    }
  }
}
