package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the log of a part: millrace (the supervisor), a service or a server.",
      "When all services share one JVM, those lines of its log that a service has written.",
    })
final class LogsCommand implements Callable<Integer> {

  private static final int LINES = 200;

  private final Console console;

  @Parameters(paramLabel = "SERVICE", description = "a name that ./millrace status shows")
  private String service;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what is written from now")
  private boolean follow;

  LogsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path own = file(console.home());
    boolean shared = own == null;
    Path log = shared ? console.home().logs().resolve("millrace.log") : own;
    if (!Files.exists(log)) {
      throw new CommandFailure(CommandFailure.REFUSED, "there is no log of " + service + " yet");
    }
    Predicate<String> wanted =
        shared ? line -> line.contains("millrace." + service + ".") : line -> true;
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.filter(wanted).toList();
      all.subList(Math.max(0, all.size() - LINES), all.size()).forEach(console::print);
    }
    if (follow) {
      follow(log, wanted);
    }
    return 0;
  }

  private Path file(LocalHome home) throws IOException {
    List<Path> candidates =
        List.of(
            home.logs().resolve(service + ".log"),
            home.data(service).resolve(service + ".log"),
            home.logs().resolve(service + ".out"));
    for (Path candidate : candidates) {
      if (Files.exists(candidate) && Files.size(candidate) > 0) {
        return candidate;
      }
    }
    return null;
  }

  private void follow(Path log, Predicate<String> wanted) throws IOException {
    long position = Files.size(log);
    while (true) {
      StackProcess.sleep(200);
      long size = Files.exists(log) ? Files.size(log) : 0;
      if (size < position) {
        position = 0;
      }
      if (size > position) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
          file.seek(position);
          for (String line = file.readLine(); line != null; line = file.readLine()) {
            if (wanted.test(line)) {
              console.print(line);
            }
          }
          position = file.getFilePointer();
        }
      }
    }
  }
}
