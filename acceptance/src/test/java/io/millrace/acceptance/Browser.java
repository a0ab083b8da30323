package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A person at a browser: the script {@code frontend/e2e/see.mjs} in Chromium. */
final class Browser {

  private static final Path SCRIPT = Path.of("../frontend/e2e/see.mjs").toAbsolutePath();
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

  private Browser() {}

  /** Whether there is a browser on this machine. */
  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM);
  }

  /** Something that goes on while the person watches. */
  interface Meanwhile {
    void happen() throws Exception;
  }

  /**
   * Logs in, opens an application, clicks the edge of a stream and watches until a text appears.
   *
   * @param screenshot where the picture of it goes
   * @param meanwhile repeated while the person watches
   */
  static void see(
      LocalStack stack,
      String application,
      String stream,
      String expected,
      Path screenshot,
      Meanwhile meanwhile)
      throws Exception {
    Files.createDirectories(screenshot.getParent());
    Path output = Files.createTempFile("browser", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "node", SCRIPT.toString(), application, stream, expected, screenshot.toString())
            .directory(SCRIPT.getParent().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MILLRACE_URL", "http://localhost:" + stack.port("gateway"));
    builder.environment().put("MILLRACE_USER", "admin");
    builder.environment().put("MILLRACE_PASSWORD", stack.secrets().administrator());
    builder.environment().put("CHROMIUM", CHROMIUM.toString());
    Process person = builder.start();
    try {
      while (!person.waitFor(300, TimeUnit.MILLISECONDS)) {
        meanwhile.happen();
      }
    } finally {
      person.destroy();
    }
    assertThat(person.exitValue()).as(read(output)).isZero();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
