package io.millrace.control;

import io.millrace.service.Services;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestPostgres;
import io.millrace.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A control service on real servers, and its REST interface as a caller sees it. */
public final class Control implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Control shared;

  private final Map<String, Object> properties = new HashMap<>();
  private ConfigurableApplicationContext context;

  /** On a new database; the Kafka of this JVM. */
  Control(Map<String, Object> more) {
    TestPostgres postgres = TestPostgres.shared();
    properties.put("millrace.postgres.url", postgres.jdbcUrl(postgres.createDatabase()));
    properties.put("millrace.postgres.username", postgres.username());
    properties.put("millrace.postgres.password", postgres.password());
    properties.put("millrace.kafka", TestKafka.shared().bootstrapServers());
    properties.put("millrace.jwks-uri", TestTokens.shared().jwksUri());
    properties.put("millrace.secret-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    properties.put("millrace.ports.control", 0);
    properties.put("millrace.retention-interval", "200ms");
    // Nobody listens on the port of discard.
    properties.put("millrace.urls.delivery", "http://localhost:9");
    properties.putAll(more);
    start();
  }

  /** The control service that all tests of this module share; do not stop it. */
  static synchronized Control shared() {
    if (shared == null) {
      shared =
          new Control(
              Map.of(
                  "millrace.urls.ingestion",
                  FakeIngestion.shared().url(),
                  "millrace.urls.analytics",
                  FakeAnalytics.shared().url()));
      FakeConnectors.announce(shared);
    }
    return shared;
  }

  void start() {
    context = ControlApplication.start(properties);
  }

  /** Stops it; the database stays. */
  void stop() {
    context.close();
    context = null;
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  /** An answer. */
  record Answer(int status, JsonNode body, HttpResponse<String> http) {
    String code() {
      return body.path("code").asString("");
    }
  }

  Answer get(String path) {
    return send("GET", path, null, "ADMIN", Map.of());
  }

  Answer post(String path, Object body) {
    return send("POST", path, body, "ADMIN", Map.of());
  }

  Answer put(String path, Object body) {
    return send("PUT", path, body, "ADMIN", Map.of());
  }

  Answer delete(String path) {
    return send("DELETE", path, null, "ADMIN", Map.of());
  }

  /** Any request, by somebody of a role; null for nobody. */
  Answer send(String method, String path, Object body, String role, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + Services.port(context) + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(
                        body instanceof String text ? text : JSON.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (role != null) {
      request.header("Authorization", "Bearer " + TestTokens.shared().token("tester", role));
    }
    headers.forEach(request::header);
    try {
      HttpResponse<String> http = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          http.statusCode(),
          http.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(http.body()),
          http);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (context != null) {
      stop();
    }
  }
}
