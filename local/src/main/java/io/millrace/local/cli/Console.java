package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What a command talks to: results on standard output, progress and errors on standard error. */
final class Console {

  private final LocalHome home;
  private final PrintWriter out;
  private final PrintWriter err;

  Console(LocalHome home) {
    this(
        home,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  Console(LocalHome home, PrintWriter out, PrintWriter err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  LocalHome home() {
    return home;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** A line of the result. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** A line about what is going on. */
  void tell(String line) {
    err.println(line);
    err.flush();
  }

  void error(String message) {
    tell("error: " + message);
  }
}
