package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A login that is kept between commands, in {@code session.json}, which only its owner may read.
 *
 * @param url the gateway
 * @param refreshToken what gets a new token when this one has expired, or null
 */
record Session(String url, String user, String token, String refreshToken) {

  private static final JsonMapper JSON = new JsonMapper();

  static Optional<Session> read(LocalHome home) {
    Path file = home.file("session.json");
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), Session.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void write(LocalHome home) {
    PrivateFile.write(home.file("session.json"), JSON.writeValueAsString(this));
  }
}
