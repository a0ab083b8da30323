package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Applies and starts the samples on the local stack. */
final class Samples {

  private static final int START_SECONDS = 120;

  private final Console console;
  private final Api api;
  private final LocalHome home;

  Samples(Console console, Api api) {
    this.console = console;
    this.api = api;
    this.home = console.home();
  }

  /** The name of the application of a sample. */
  static String application(String sample) {
    return sample.replace('-', '_');
  }

  /**
   * Brings a sample to RUNNING; one that a person has changed or stopped since stays so.
   *
   * @param sample its directory
   */
  void start(String sample) {
    start(home.samples().resolve(sample).resolve(sample + ".sql"), application(sample));
  }

  /** The same for another application of a sample. */
  void start(Path script, String name) {
    if (!Files.exists(script)) {
      console.tell("there is no sample " + script);
      return;
    }
    Applications applications = new Applications(console, api);
    String state = applications.stateOf(name);
    if (state == null) {
      applications.apply(script.toString(), read(script));
      state = "CREATED";
    }
    if (state.equals("CREATED")) {
      applications.act(name, "deploy");
      state = applications.await(name, "deploy", Set.of("DEPLOYED", "RUNNING"), START_SECONDS);
    }
    if (state.equals("DEPLOYED")) {
      applications.act(name, "start");
    }
    if (!state.equals("STOPPED")) {
      applications.await(name, "start", Set.of("RUNNING"), START_SECONDS);
    }
    console.print("Sample " + name + " is " + applications.stateOf(name));
  }

  /** Stores the passwords of the demo databases under the names that scripts of samples use. */
  void storeSecrets() {
    Secrets secrets = Secrets.of(home);
    put("shop_password", secrets.capture());
    put("replica_password", secrets.replica());
  }

  private void put(String name, String value) {
    api.put("/secrets/" + Api.part(name), Map.of("value", value));
  }

  /** The scripts name the usual ports; where those were taken, the stack has others. */
  private String read(Path script) {
    try {
      String text = Files.readString(script);
      Ports ports = Ports.of(home);
      for (String server : Set.of("mariadb", "postgres", "kafka")) {
        text =
            text.replaceAll(
                "\\b" + Ports.PREFERRED.get(server) + "\\b", Integer.toString(ports.of(server)));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + script, e);
    }
  }
}
