package io.millrace.local.cli;

import picocli.CommandLine.Option;

/** The options of every command that talks to a Millrace. */
final class Remote {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the gateway; that of the last login unless given (MILLRACE_URL)")
  private String url;

  Api api(Console console) {
    return Api.connect(console.home(), url);
  }

  String url() {
    return url;
  }
}
