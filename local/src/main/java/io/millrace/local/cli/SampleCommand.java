package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a sample on the local stack and writes its data until Ctrl-C ends it.",
      "The sample goes on when its data end; ./millrace stop NAME stops it.",
      "The model of user-behaviour is trained first; its data are one hour, written at once.",
    })
final class SampleCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "NAME", description = "a directory of samples/")
  private String name;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "write so many seconds of data at once, and end")
  private Integer seconds;

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalHome home = console.home();
    Path sample = home.samples().resolve(name).normalize();
    if (!sample.startsWith(home.samples()) || !Files.exists(sample.resolve(name + ".sql"))) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          "there is no sample %s; there are %s".formatted(name, String.join(", ", names(home))));
    }
    StackState state =
        new StackProcess(console)
            .running()
            .orElseThrow(() ->
                new CommandFailure(
                    CommandFailure.UNREACHABLE,
                    "the local stack does not run; ./millrace up starts it"));
    Path files = home.files().resolve(name);
    copy(sample.resolve("data"), files);
    Api api = Api.connect(home, state.url());
    api.login("admin", Secrets.of(home).administrator());
    Samples samples = new Samples(console, api);
    samples.storeSecrets();
    if (TrainedSample.is(sample)) {
      return new TrainedSample(console, samples, sample, files).start();
    }
    samples.start(name);
    Path generator = sample.resolve("Generate.java");
    return Files.exists(generator) ? generate(generator, files) : 0;
  }

  private int generate(Path generator, Path files) throws InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(files.toString());
    if (seconds != null) {
      arguments.add(Integer.toString(seconds));
    } else {
      console.tell("Writing events into " + files + "; Ctrl-C ends it");
    }
    return SampleProgram.run(generator, arguments);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      if (Files.isDirectory(from)) {
        try (Stream<Path> data = Files.list(from)) {
          for (Path file : data.toList()) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from, e);
    }
  }

  private static List<String> names(LocalHome home) {
    try (Stream<Path> samples = Files.list(home.samples())) {
      return samples
          .map(sample -> sample.getFileName().toString())
          .filter(n -> Files.exists(home.samples().resolve(n).resolve(n + ".sql")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + home.samples(), e);
    }
  }
}
