package io.millrace.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code stack.json}: written by the supervisor, read by everybody. */
public final class StateFile {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  public StateFile(LocalHome home) {
    this.file = home.file("stack.json");
  }

  public void write(StackState state) {
    PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state) + "\n");
  }

  /** What was written last, by a supervisor that may be gone since; empty after a stop. */
  public Optional<StackState> read() {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), StackState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** What a supervisor that runs has written; empty when none runs. */
  public Optional<StackState> readRunning() {
    return read().filter(state -> Supervisors.runs(state.pid(), file.getParent()));
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
