package io.millrace.local.cli;

/** Names of applications and streams; the namespace default can be left out. */
final class Names {

  private Names() {}

  /** namespace.application. */
  static String application(String name) {
    return name.contains(".") ? name : "default." + name;
  }

  /** namespace.application.stream. */
  static String stream(String name) {
    long dots = name.chars().filter(c -> c == '.').count();
    if (dots == 0) {
      throw new CommandFailure(
          2, "a stream's name is application.stream or namespace.application.stream: " + name);
    }
    return dots == 1 ? "default." + name : name;
  }
}
