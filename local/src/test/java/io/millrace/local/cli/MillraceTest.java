package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.local.home.LocalHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against answers as the REST interface gives them. */
class MillraceTest {

  @TempDir Path directory;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String[] answer =
              answers
                  .getOrDefault(
                      exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(),
                      "404 {\"detail\":\"There is no such thing.\",\"code\":\"NOT_FOUND\"}")
                  .split(" ", 2);
          byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String... args) {
    Console console =
        new Console(
            new LocalHome(directory, directory.resolve("home")),
            new PrintWriter(out),
            new PrintWriter(err));
    return Millrace.run(console, args);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void anInvalidScriptIsExplainedAndGivesItsOwnExitCode() throws IOException {
    answers.put(
        "POST /api/v1/applications/validate",
        "200 {\"diagnostics\":[{\"severity\":\"ERROR\",\"message\":\"Unknown column.\",\"line\":1,"
            + "\"column\":8,\"endLine\":1,\"endColumn\":9}]}");
    Path script = Files.writeString(directory.resolve("a.sql"), "SELECT ab");
    assertThat(run("validate", script.toString(), "--url", url())).isEqualTo(3);
    assertThat(err.toString()).contains("a.sql:1:8: error: Unknown column.", "         ^^");
  }

  @Test
  void listsApplications() {
    answers.put(
        "GET /api/v1/applications",
        "200 {\"items\":[{\"name\":\"default.inventory\",\"state\":\"RUNNING\",\"revision\":3,"
            + "\"inRate\":12.34,\"outRate\":null}]}");
    assertThat(run("list", "--url", url())).isZero();
    assertThat(out.toString()).contains("default.inventory  RUNNING  3", "12.3");
  }

  @Test
  void anErrorIsOneSentenceWithItsCode() {
    assertThat(run("describe", "nothing", "--url", url())).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("error: There is no such thing. [NOT_FOUND]");
  }

  @Test
  void whoDoesNotAnswerIsNamedWithWhatToDo() {
    assertThat(run("list", "--url", "http://127.0.0.1:1")).isEqualTo(4);
    assertThat(err.toString()).contains("does not answer at http://127.0.0.1:1", "./millrace up");
  }

  @Test
  void aLoginIsKeptInAFileThatOnlyItsOwnerReads() throws IOException {
    answers.put("POST /api/v1/auth/token", "200 {\"access_token\":\"t\",\"refresh_token\":\"r\"}");
    assertThat(run("login", "--url", url(), "--user", "ada", "--password=secret")).isZero();
    Path session = directory.resolve("home/session.json");
    assertThat(Files.readString(session)).contains("ada").doesNotContain("secret");
    assertThat(Files.getPosixFilePermissions(session)).hasSize(2);
  }

  @Test
  void aFailedApplicationIsNotWaitedFor() {
    answers.put("POST /api/v1/applications/default.a/start", "202 {}");
    answers.put(
        "GET /api/v1/applications/default.a/status",
        "200 {\"state\":\"FAILED\",\"components\":[{\"name\":\"shop\",\"state\":\"FAILED\","
            + "\"error\":\"The binary log is off.\"}]}");
    assertThat(run("start", "a", "--url", url())).isEqualTo(1);
    assertThat(err.toString()).contains("default.a failed: shop: The binary log is off.");
  }

  @Test
  void wrongUsageSaysWhatWouldBeRight() {
    assertThat(run("strat", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("start");
  }
}
