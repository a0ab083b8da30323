package io.millrace.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sample with a model, which has to be trained before the application can start. Its directory
 * holds beside what others have {@code training.sql}, the application NAME_training, and {@code
 * Train.java}. Of its files, {@code usual} holds what the training application reads, {@code
 * training} what that writes, {@code activity} what the application reads.
 */
final class TrainedSample {

  private static final Pattern MODEL = Pattern.compile("location\\s*=\\s*'([^']+)'");
  private static final int TRAINING_SECONDS = 180;

  /** The training data are complete when nothing was added for so long. */
  private static final int STILL_SECONDS = 10;

  private final Console console;
  private final Samples samples;
  private final Path sample;
  private final Path files;

  /**
   * @param sample its directory
   * @param files what its file connectors read and write
   */
  TrainedSample(Console console, Samples samples, Path sample, Path files) {
    this.console = console;
    this.samples = samples;
    this.sample = sample;
    this.files = files;
  }

  static boolean is(Path sample) {
    return Files.exists(sample.resolve("Train.java"));
  }

  /** Trains, starts and feeds it; what was done before is left as it is. Returns an exit code. */
  int start() throws InterruptedException {
    int exitCode = train();
    if (exitCode != 0) {
      return exitCode;
    }
    Path activity = directory("activity");
    samples.start(name());
    if (size(activity) == 0) {
      exitCode = program("Generate.java", activity.toString());
    } else {
      console.tell("What happens in it was written before, into " + activity);
    }
    console.print("What there is to find: " + sample.resolve("README.md"));
    return exitCode;
  }

  private int train() throws InterruptedException {
    Path model = model();
    if (Files.exists(model)) {
      console.tell("Its model was trained before: " + model);
      return 0;
    }
    Path usual = directory("usual");
    if (size(usual) == 0) {
      int exitCode = program("Generate.java", usual.toString(), "usual");
      if (exitCode != 0) {
        return exitCode;
      }
    }
    samples.start(sample.resolve("training.sql"), Samples.application(name()) + "_training");
    Path training = directory("training");
    awaitAll(training);
    return program("Train.java", training.toString(), model.toString());
  }

  /** Waits until a directory grows no longer. */
  private void awaitAll(Path directory) {
    Progress progress = new Progress(console);
    long size = 0;
    double since = 0;
    while (size == 0 || progress.seconds() - since < STILL_SECONDS) {
      if (progress.seconds() > TRAINING_SECONDS) {
        throw new CommandFailure(
            CommandFailure.TIMED_OUT,
            "the training data in %s are not complete after %d s; see ./millrace status %s_training"
                .formatted(directory, TRAINING_SECONDS, Samples.application(name())));
      }
      progress.waitingFor(() -> "waiting for the training data");
      StackProcess.sleep(250);
      long now = size(directory);
      if (now != size) {
        size = now;
        since = progress.seconds();
      }
    }
  }

  private String name() {
    return sample.getFileName().toString();
  }

  /** The model's file, as the script names it. */
  private Path model() {
    Path script = sample.resolve(name() + ".sql");
    try {
      Matcher location = MODEL.matcher(Files.readString(script));
      if (!location.find()) {
        throw new CommandFailure(CommandFailure.REFUSED, script + " names no model");
      }
      return files.resolveSibling(location.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + script, e);
    }
  }

  private int program(String file, String... arguments) throws InterruptedException {
    return SampleProgram.run(sample.resolve(file), List.of(arguments));
  }

  private Path directory(String of) {
    try {
      return Files.createDirectories(files.resolve(of));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + files.resolve(of), e);
    }
  }

  /** Bytes in a directory's files. */
  private static long size(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      long size = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
      return size;
    } catch (IOException | UncheckedIOException e) {
      // A file was renamed meanwhile: what is there will be seen the next time.
      return 0;
    }
  }
}
