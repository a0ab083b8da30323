package io.millrace.control;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what the ingestion service answers to a question about a connector. */
final class FakeIngestion {

  private static FakeIngestion shared;

  private final HttpServer server;
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> tokens = new CopyOnWriteArrayList<>();

  private FakeIngestion() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer(
        "/internal/connectors/shop-cdc/tables",
        200,
        """
        {"tables": [{"name": "shop.stock", "columns": [], "key": ["id"], "rowSchema":
         "{\\"type\\":\\"record\\",\\"name\\":\\"stock\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"int\\"},{\\"name\\":\\"quantity\\",\\"type\\":[\\"null\\",\\"int\\"]}]}"}]}
        """);
    answer(
        "/internal/connectors/shop-cdc/check",
        200,
        """
        {"problems": [{"severity": "ERROR", "code": "BINLOG_OFF", "message": "no binlog",
         "statement": "SET ..."}]}
        """);
    answer(
        "/internal/connectors/numbers/check",
        409,
        """
        {"status": 409, "detail": "the database says no", "code": "DATABASE_SAYS_NO"}
        """);
    server.start();
  }

  static synchronized FakeIngestion shared() {
    if (shared == null) {
      shared = new FakeIngestion();
    }
    return shared;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
