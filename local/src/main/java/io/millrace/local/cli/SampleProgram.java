package io.millrace.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of a sample, which is one file of Java. */
final class SampleProgram {

  private SampleProgram() {}

  /** Runs it to its end, or to that of this command; returns its exit code. */
  static int run(Path program, List<String> arguments) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(program.toString());
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program, e);
    }
  }
}
