package io.millrace.control;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what the analytics service answers to a text in EPL; the word "wrong" is wrong. */
final class FakeAnalytics {

  private static FakeAnalytics shared;

  private final HttpServer server;
  final List<String> bodies = new CopyOnWriteArrayList<>();

  private FakeAnalytics() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/internal/epl/check",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(body);
          byte[] answer =
              (body.contains("broken")
                      ? "{}"
                      : body.contains("wrong")
                          ? """
                          {"faults": [{"line": 2, "column": 3, "endColumn": 7, "message": "no"}],
                           "reads": [], "horizonMillis": 0}
                          """
                          : """
                          {"faults": [], "reads": ["numbers"], "horizonMillis": 0}
                          """)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  static synchronized FakeAnalytics shared() {
    if (shared == null) {
      shared = new FakeAnalytics();
    }
    return shared;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }
}
