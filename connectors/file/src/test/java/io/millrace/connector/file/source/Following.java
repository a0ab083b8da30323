package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.contract.MemoryPlatform;
import io.millrace.connector.contract.Plans;
import io.millrace.connector.contract.SourceHarness;
import io.millrace.connector.task.DeadLetters;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A source over a directory, for tests of one behaviour each. */
final class Following implements AutoCloseable {

  final Path directory;
  final MemoryPlatform platform = new MemoryPlatform();
  final SourceHarness harness;
  private final RowType columns;

  /**
   * @param options pairs of name and value, beside the directory (or the path)
   */
  Following(Path directory, RowType columns, String... options) {
    this.directory = directory;
    this.columns = columns;
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
    Map<String, String> given = new HashMap<>();
    given.put("scan_interval", "10 ms");
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    if (!given.containsKey("path")) {
      given.putIfAbsent("directory", directory.toString());
    }
    Map<String, String> config =
        new FileSourceProvider()
            .connectConfig(
                Plans.source("file", given, Plans.stream("events", columns, List.of(), null)));
    harness =
        new SourceHarness(FileSourceConnector::new, () -> new FileSourceTask(platform), config);
  }

  Following start() {
    harness.start(1);
    return this;
  }

  void await(int rows) {
    harness.runUntil(rows + " rows", () -> events() >= rows);
  }

  int events() {
    return harness.committed(Plans.APPLICATION + ".events").size();
  }

  /** Polls some times more. */
  void idle() {
    for (int i = 0; i < 5; i++) {
      harness.poll();
      harness.commit();
    }
  }

  List<Object[]> rows() {
    EventDecoder decoder = new EventDecoder(columns, platform.schemas());
    return harness.committed(Plans.APPLICATION + ".events").stream()
        .map(r -> decoder.decode((byte[]) r.value()))
        .toList();
  }

  List<Object> firstColumn() {
    return rows().stream().map(r -> r[0]).toList();
  }

  List<DeadLetter> letters() {
    return harness.committed(Topics.deadLetters(Plans.APPLICATION)).stream()
        .map(r -> DeadLetters.read((byte[]) r.value()))
        .toList();
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(String name, String text) {
    try {
      Files.writeString(
          directory.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    harness.close();
  }
}
